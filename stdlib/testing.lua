-- Runs tests: rule tests (`*_test.lua`, beside the rule they are for) and unit tests of the stdlib (`unit_*.lua`). Tests are judged as
-- rules are, on small models made of the records that they give.

local bench = require "testing_bench"
local case = require "testing_case"
local catalog = require "catalog"
local rules = require "rule"
local rule_source = require "rule_source"
local tap_writer = require "testing_tap"
local unit = require "testing_unit"
local walk = require "pack.walk"

local testing = {}

local globals = _ENV

local wrong, did_you_mean = bench.wrong, bench.did_you_mean

local TEST_KEYS = {
  "as_of", "organization", "collected_at", "baseline", "at_baseline", "unreachable", "results", "risks", "params",
}
local CASE_KEYS = {
  "with", "add", "only", "without", "organization", "collected_at", "as_of", "params", "results", "risks", "expect",
}
local MUST_BE_SEEN = { "pass", "fail", "unknown" }

local function named(word, what)
  return function(name)
    if type(name) ~= "string" then error(("write %s \"%s\" { … }"):format(word, what), 2) end
    return function(spec)
      if type(spec) ~= "table" then error(("%s \"%s\" needs a table { … } behind it"):format(word, name), 2) end
      return { dsl = word, name = name, spec = spec }
    end
  end
end

local function known_keys(spec, keys, what)
  for key in pairs(spec) do
    if type(key) == "string" then
      local known = false
      for _, name in ipairs(keys) do known = known or name == key end
      if not known then wrong("unknown key `%s` in %s%s", key, what, did_you_mean(key, keys)) end
    end
  end
end

--- Loads a test file: its spec and its cases, in order.
local function load_test(path, text)
  local env = engine.env { test = named("test", "A.5.18"), case = named("case", "what happens"), absent = bench.absent }
  local fn, message, line = engine.compile(text, "@" .. path, env)
  if fn == nil then wrong("%s:%d: %s", path, line or 1, message) end
  local ok, result = engine.try(fn)
  if not ok then wrong("%s", result) end
  if type(result) ~= "table" or result.dsl ~= "test" then wrong("%s: the file must end with `return test \"A.5.18\" { … }`", path) end
  known_keys(result.spec, TEST_KEYS, "the test")
  local cases = {}
  for key, item in pairs(result.spec) do
    if type(key) == "number" then
      if type(item) ~= "table" or item.dsl ~= "case" then wrong("entry %d of the test is no case", key) end
      known_keys(item.spec, CASE_KEYS, "case \"" .. item.name .. "\"")
      if item.spec.expect == nil then wrong("case \"%s\" expects nothing", item.name) end
      cases[#cases + 1] = item
    end
  end
  return { id = result.name, spec = result.spec, cases = cases }
end

--- The folder with pack.yaml above a path, or nil.
local function pack_folder(path)
  local folder = path:match("^(.*)/[^/]*$")
  while folder ~= nil do
    if engine.exists(folder .. "/pack.yaml") == "file" then return folder end
    folder = folder:match("^(.+)/[^/]*$")
  end
  return nil
end

--- Shows the catalogue of the pack that a file belongs to.
local function show_catalog(path, state)
  local folder = pack_folder(path)
  if folder == state.folder and state.shown then return end
  local pack = folder ~= nil and walk.read(folder, true) or nil
  local entries = pack ~= nil and pack.entries or {}
  catalog.set(entries)
  engine.catalog(entries)
  state.folder, state.shown = folder, true
end

--- An extension together with the rule that it extends, which stands in one of the packs.
local function with_base(extension, state)
  if state.packs == nil then wrong("%s extends a rule, but no packs are given where that could be", extension.path) end
  if state.loaded == nil then
    state.loaded = require "packs"
    state.loaded.load { paths = state.packs, config = state.config }
    state.shown = false
  end
  local entry = state.loaded.rule(extension.id)
  if entry == nil or entry.rule == nil then wrong("no pack has a rule %s to extend", extension.id) end
  for _, check in ipairs(extension.checks) do
    for _, present in ipairs(entry.rule.checks) do
      if present.name == check.name and present.path == extension.path then return entry.rule end
    end
  end
  local made, message = rules.extend(entry.rule, extension)
  if made == nil then wrong("%s", message) end
  return made
end

local function load_rule(path, id, state)
  local rule_path = path:gsub("_test%.lua$", ".lua")
  local text, message = engine.read(rule_path)
  if text == nil then wrong("the rule beside the test, %s, cannot be read: %s", rule_path, tostring(message)) end
  local rule, fault = rules.load(rule_path, text, rule_path)
  if rule == nil then wrong("%s", fault) end
  if rule.id ~= id then wrong("the test is for %s, the rule beside it is %s", id, rule.id) end
  if rule.extends then return with_base(rule, state), rule.checks end
  return rule, rule.checks
end

--- The case that nobody writes down: at the baseline every check of the file passes.
local function baseline_case(rule, own, spec)
  local expect, names, known = {}, {}, {}
  for _, check in ipairs(own) do expect[check.name] = "pass" end
  for _, check in ipairs(rule.checks) do
    names[#names + 1] = check.name
    known[check.name] = true
  end
  for name, status in pairs(spec.at_baseline or {}) do
    if not known[name] then wrong("at_baseline: the rule has no check `%s`%s", name, did_you_mean(name, names)) end
    expect[name] = status
  end
  return { name = "baseline", spec = { expect = expect, params = spec.params } }
end

local function run_case(rule, test, baseline, one, seen)
  local result = case.run(rule, test.spec, baseline, one.spec)
  return case.compare(rule, result, one.spec, seen)
end

--- Checks that were not seen to pass, to fail and to lack evidence, less what the test file calls unreachable.
local function unseen(own, spec, seen)
  local problems, excused, names = {}, {}, {}
  for _, check in ipairs(own) do names[#names + 1] = check.name end
  for name, entry in pairs(spec.unreachable or {}) do
    local known = false
    for _, one in ipairs(names) do known = known or one == name end
    if not known then wrong("unreachable: the rule has no check `%s`%s", name, did_you_mean(name, names)) end
    if type(entry) ~= "table" or type(entry.reason) ~= "string" then
      wrong("unreachable: say why, as in %s = { \"unknown\", reason = \"…\" }", name)
    end
    excused[name] = {}
    for _, status in ipairs(entry) do excused[name][status] = true end
  end
  for _, name in ipairs(names) do
    local missing = {}
    for _, status in ipairs(MUST_BE_SEEN) do
      if not (seen[name] or {})[status] and not (excused[name] or {})[status] then missing[#missing + 1] = status end
    end
    if #missing > 0 then
      problems[#problems + 1] = { what = name .. " was not seen to come out as " .. table.concat(missing, ", ") }
    end
  end
  return problems
end

local function run_file(path, text, state)
  local tap = state.tap
  show_catalog(path, state)
  local test = load_test(path, text)
  local rule, own = load_rule(path, test.id, state)
  local source = rule_source.new(text)
  local baseline = bench.baseline(test.spec.baseline)
  local seen, filtered = {}, false
  local all = { baseline_case(rule, own, test.spec) }
  for _, one in ipairs(test.cases) do all[#all + 1] = one end
  local names = {}
  for _, one in ipairs(all) do
    local title = test.id .. ": " .. one.name
    if not state.wanted(title) then
      filtered = true
    else
      local line = source:line(source:call("case", one.name)) or source:line(source:call("test", test.id)) or 1
      local at = ("%s:%d"):format(path, line)
      local ok, problems, traceback = engine.try(run_case, rule, test, baseline, one, seen)
      if not ok then
        local internal = tostring(problems):find("^%S+%.lua:%d+: ") ~= nil
        problems = { { what = problems, got = internal and traceback or nil } }
      end
      if names[one.name] then table.insert(problems, { what = "another case has the same name" }) end
      names[one.name] = true
      if #problems == 0 then tap:ok(title) else tap:not_ok(title, at, problems) end
    end
  end
  if not filtered then
    local problems = unseen(own, test.spec, seen)
    if #problems == 0 then tap:ok(test.id .. ": coverage") else tap:not_ok(test.id .. ": coverage", path, problems) end
  end
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

--- For the engine: runs all tests below the paths.
---@param argument table {paths = {files or folders}, pattern = text that names of tests must hold, packs =, config =}
---@return table {tap =, passed =, failed =}
function testing.run(argument)
  local tap = tap_writer.new()
  local pattern = argument.pattern
  local state = { tap = tap, packs = argument.packs, config = argument.config }
  function state.wanted(title)
    return pattern == nil or title:lower():find(pattern:lower(), 1, true) ~= nil
  end
  local files, faults = files_of(argument.paths)
  for _, fault in ipairs(faults) do tap:not_ok(fault, nil, { { what = fault } }) end
  for _, path in ipairs(files) do
    if path:find("_test%.lua$") then
      local text, message = engine.read(path)
      local ok, problem, traceback
      if text == nil then ok, problem = false, message else ok, problem, traceback = engine.try(run_file, path, text, state) end
      if not ok then
        local internal = tostring(problem):find("^%S+%.lua:%d+: ") ~= nil
        tap:not_ok(path, path, { { what = problem, got = internal and traceback or nil } })
      end
    else
      unit.run(path, tap, state.wanted, globals)
      state.shown = false
    end
  end
  if tap.count == 0 then tap:not_ok("tests", nil, { { what = pattern and "no test holds " .. pattern or "there are no tests" } }) end
  return { tap = tap:text(), passed = tap.passed, failed = tap.failed }
end

return testing
