-- Tests: of rules (`*_test.lua`, beside the rule they are for) and unit tests of the stdlib (`unit_*.lua`). Says which there are, runs
-- one file or one mutant, and has the report written; each of these may be called in a process of its own.

local bench = require "testing_bench"
local file = require "testing_file"
local ids = require "ids"
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

--- Unit tests are those of the product: they see all of the stdlib, so what lies in a pack is none.
local function is_test(path)
  if path:find("_test%.lua$") then return true end
  return path:find("%f[%w_]unit_[%w_]+%.lua$") ~= nil and file.pack_folder(path) == nil
end

local MISSING = 66 -- exit code: input that is not there

local function fault(code, path, message, help)
  engine.diag { code = code, severity = "error", document = path, message = message, help = help }
  return MISSING
end

local function nearest(path)
  local folder, name = path:gsub("/+$", ""):match("^(.-)([^/]+)$")
  local beside = {}
  for i, other in ipairs(engine.files(folder ~= "" and folder or ".") or {}) do beside[i] = other:match("^[^/]+") end
  local near = engine.suggest(name or "", beside)
  return near ~= nil and ("did you mean `%s%s`?"):format(folder, near) or nil
end

--- The test files of paths, each once; rules beside which there is none; an exit code where a path leads nowhere.
local function files_of(paths)
  local found, taken, untested, exit = {}, {}, {}, nil
  local function add(path)
    if not taken[path] then found[#found + 1] = path end
    taken[path] = true
  end
  local function beside(path)
    local test = path:gsub("%.lua$", "_test.lua")
    return test ~= path and engine.exists(test) == "file" and test or nil
  end
  for _, path in ipairs(paths or {}) do
    local what = engine.exists(path)
    if what == "file" and is_test(path) then
      add(path)
    elseif what == "file" then
      local test = beside(path)
      if test ~= nil then
        add(test)
      else
        exit = fault("E0732", path, "this is no test, and none stands beside it", "`assay new test` begins one for a rule")
      end
    elseif what == "folder" then
      local names, message = engine.files(path, true)
      if names == nil then exit = message and fault("E0731", path, message) or MISSING end
      for _, name in ipairs(names or {}) do
        local whole = path:gsub("/+$", "") .. "/" .. name
        if is_test(whole) then
          add(whole)
        elseif name:find("%.lua$") and ids.from_file(name) ~= nil and beside(whole) == nil then
          untested[#untested + 1] = whole
        end
      end
    else
      exit = fault("E0731", path, "there is no such file or folder", nearest(path))
    end
  end
  return found, untested, exit
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
---@return table {files = paths, untested = rules without a test, explained = list of {folder, list, problem}, exit = 66 after diagnostics
--- where a path leads to no test}
function testing.plan(argument)
  local files, untested, exit = files_of(argument.paths)
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
  return { files = engine.list(files), untested = engine.list(untested), explained = engine.list(explained), exit = exit }
end

--- Whether a title holds the pattern; those that do not are added to `over`.
local function wanted(pattern, over)
  return function(title)
    if pattern == nil or title:lower():find(pattern:lower(), 1, true) ~= nil then return true end
    over[#over + 1] = title
    return false
  end
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
---@return table {id, pack, rule_path, points, coverage, mutants = list of {nth, id} where these are to be judged, over = titles that the
--- pattern passes over}
function testing.file(argument)
  local path, points, over = argument.path, setmetatable({}, Points), {}
  settle(argument)
  local function answer(more)
    more.points, more.over = engine.list { table.unpack(points) }, engine.list(over)
    return more
  end
  if not path:find("_test%.lua$") then
    unit.run(path, points, wanted(argument.pattern, over), globals)
    state.shown = false
    return answer {}
  end
  local pattern = not argument.mutate and argument.pattern or nil
  local ok, covered, opened = engine.try(file.run, path, points, wanted(pattern, over), state)
  if not ok then
    points:not_ok(path, path, { { what = covered, got = bench.is_internal(covered) and opened or nil } })
    return answer {}
  end
  local list = argument.mutate and engine.list(mutants.of(opened, wanted(argument.pattern, over))) or nil
  return answer { id = opened.test.id, pack = state.pack_name, rule_path = opened.rule_path, coverage = covered, mutants = list }
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
---@return table as testing_report.make gives it
function testing.run(argument)
  local plan = testing.plan(argument)
  if plan.exit ~= nil then return { exit = plan.exit, passed = 0, failed = 0 } end
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
