-- Tests: of rules (`*_test.lua`, beside the rule they are for) and unit tests of the stdlib (`unit_*.lua`). Says which there are, runs
-- one file or one mutant, and has the report written; each of these may be called in a process of its own.

local file = require "testing_file"
local mutants = require "testing_mutants"
local report = require "testing_report"
local unit = require "testing_unit"

local testing = {}

local globals = _ENV

local Points = {}
Points.__index = Points

function Points:ok(name, at)
  self[#self + 1] = { name = name, ok = true, at = at }
end

function Points:not_ok(name, at, problems)
  self[#self + 1] = { name = name, ok = false, at = at, problems = problems }
end

local function is_test(name)
  return name:find("_test%.lua$") ~= nil or name:find("%f[%w_]unit_[%w_]+%.lua$") ~= nil
end

local function files_of(paths)
  local found, faults = {}, {}
  for _, path in ipairs(paths or {}) do
    local what = engine.exists(path)
    if what == "file" then
      if is_test(path) then
        found[#found + 1] = path
      else
        local beside = path:gsub("%.lua$", "_test.lua")
        if engine.exists(beside) == "file" then found[#found + 1] = beside else faults[#faults + 1] = path .. " is no test, and none stands beside it" end
      end
    elseif what == "folder" then
      for _, name in ipairs(engine.files(path) or {}) do
        if is_test(name) then found[#found + 1] = path:gsub("/+$", "") .. "/" .. name end
      end
    else
      faults[#faults + 1] = path .. ": there is no such file or folder"
    end
  end
  return found, faults
end

--- Whether a test file must be run again because a file was changed; nil where the file says nothing about any test.
local function touches(changed, path)
  local stem = path:gsub("_test%.lua$", "")
  if changed == path or changed == stem .. ".lua" then return true end
  local folder = path:match("^(.*)/[^/]*$") or "."
  for name in (engine.read(path) or ""):gmatch("fixtures%s*=%s*[\"']([^\"'\n]+)[\"']") do
    local below = folder .. "/" .. name .. "/"
    if changed:sub(1, #below) == below then return true end
  end
  return false
end

--- The test files that changed files speak of; all of them where one speaks of none.
local function touched(files, changed)
  local found = {}
  for _, name in ipairs(changed) do
    local any = is_test(name)
    for _, path in ipairs(files) do
      if touches(name, path) then any, found[path] = true, true end
    end
    if not any then return files end
  end
  local list = {}
  for _, path in ipairs(files) do
    if found[path] then list[#list + 1] = path end
  end
  return list
end

--- For the engine: which test files there are.
---@param argument table {paths = files or folders, mutate = bool, changed = files or nil: only tests that these speak of}
---@return table {files = paths, faults = texts, explained = list of {folder, list, problem}}
function testing.plan(argument)
  local files, faults = files_of(argument.paths)
  if argument.changed ~= nil then files = touched(files, argument.changed) end
  local explained, taken = {}, {}
  for _, path in ipairs(argument.mutate and files or {}) do
    local folder = mutants.home(path)
    if path:find("_test%.lua$") and not taken[folder] then
      taken[folder] = true
      local list, problem = mutants.explained(folder)
      explained[#explained + 1] = { folder = folder, list = engine.list(list), problem = problem }
    end
  end
  return { files = engine.list(files), faults = engine.list(faults), explained = engine.list(explained) }
end

local function wanted(pattern)
  return function(title) return pattern == nil or title:lower():find(pattern:lower(), 1, true) ~= nil end
end

--- What is remembered between the files and mutants of one process.
local state = { opened = {} }

local function opened_by(path)
  if state.opened.path ~= path then state.opened = file.open(path, state) end
  return state.opened
end

local function settle(argument)
  state.packs, state.config_path, state.coverage = argument.packs, argument.config_path, argument.coverage
end

--- For the engine: runs one test file.
---@param argument table {path, pattern, coverage = bool, mutate = bool, packs, config_path}
---@return table {id, pack, rule_path, points, coverage, mutants = list of {nth, id} where these are to be judged}
function testing.file(argument)
  local path, points = argument.path, setmetatable({}, Points)
  settle(argument)
  if not path:find("_test%.lua$") then
    unit.run(path, points, wanted(argument.pattern), globals)
    state.shown = false
    return { points = engine.list { table.unpack(points) } }
  end
  local pattern = not argument.mutate and argument.pattern or nil
  local ok, covered, opened = engine.try(file.run, path, points, wanted(pattern), state)
  if not ok then
    local internal = tostring(covered):find("^%S+%.lua:%d+: ") ~= nil
    points:not_ok(path, path, { { what = covered, got = internal and opened or nil } })
    return { points = engine.list { table.unpack(points) } }
  end
  local list = argument.mutate and engine.list(mutants.of(opened, argument.pattern)) or nil
  return {
    id = opened.test.id, pack = state.pack_name, rule_path = opened.rule_path, points = engine.list { table.unpack(points) }, coverage = covered,
    mutants = list,
  }
end

--- For the engine: judges one mutant.
---@param argument table {path, nth, packs, config_path}
---@return table
function testing.mutant(argument)
  settle(argument)
  state.coverage = nil
  return mutants.judge(opened_by(argument.path), argument.nth, state)
end

--- For the engine: the text about a run.
testing.report = report.make

--- Everything in this process: for tests of the tests.
---@param argument table {paths, pattern, packs, config_path, coverage, mutate, format, threshold, fail_on_empty}
---@return table {text, passed, failed, empty}
function testing.run(argument)
  local plan = testing.plan(argument)
  local with = {}
  for key, value in pairs(argument) do with[key] = value end
  with.plan, with.files, with.mutants = plan, {}, {}
  for _, path in ipairs(plan.files) do
    with.path = path
    local answer = testing.file(with)
    table.insert(with.files, { path = path, answer = answer })
    for _, mutant in ipairs(answer.mutants or {}) do
      with.nth = mutant.nth
      table.insert(with.mutants, { id = mutant.id, answer = testing.mutant(with) })
    end
  end
  return report.make(with)
end

return testing
