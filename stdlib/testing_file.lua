-- Test files: `<rule>_test.lua`, beside the rule they are for. Loads one, and runs its cases.

local bench = require "testing_bench"
local case = require "testing_case"
local catalog = require "catalog"
local coverage = require "testing_coverage"
local ids = require "ids"
local rules = require "rule"
local rule_source = require "rule_source"
local walk = require "pack.walk"

local file = {}

local wrong, did_you_mean = bench.wrong, bench.did_you_mean

local TEST_KEYS = {
  "as_of", "organization", "collected_at", "baseline", "fixtures", "at_baseline", "unreachable", "results", "risks", "params",
}
local CASE_KEYS = {
  "fixtures", "with", "add", "only", "without", "organization", "collected_at", "as_of", "params", "results", "risks", "expect",
}
local TEXTS = { as_of = true, fixtures = true } -- the others are tables
local EITHER = { expect = true, baseline = true } -- … or texts
local DEEPEST = 64

--- The keys of tests and cases, for whoever tells of them: name of the class in stdlib/types/words.lua → keys.
file.KEYS = { test_spec = TEST_KEYS, case_spec = CASE_KEYS }

--- A word that takes a name and a table. What it makes is remembered, so that nothing else passes for it.
local function named(word, what, made)
  return function(name)
    if type(name) ~= "string" then error(("write %s \"%s\" { … }"):format(word, what), 2) end
    return function(spec)
      if type(spec) ~= "table" then error(("%s \"%s\" needs a table { … } behind it"):format(word, name), 2) end
      local part = { dsl = word, name = name, spec = spec }
      made[part] = part
      return part
    end
  end
end

--- Values that can be gone through: no table within itself, no keys without an order.
local function check_plain(value, what, depth)
  if type(value) ~= "table" then return end
  if depth > DEEPEST then wrong("%s holds tables more than %d deep, or one that holds itself", what, DEEPEST) end
  if not engine.try(next, value) then wrong("%s has a key that is a table or a function", what) end
  for _, item in pairs(value) do check_plain(item, what, depth + 1) end
end

local function check_value(key, value, what)
  local kind = engine.is(value) or type(value)
  local want = TEXTS[key] and "string" or "table"
  if kind ~= want and not (EITHER[key] and kind == "string") and not (key == "as_of" and kind == "time") then wrong("`%s` of %s is a %s; it must be a %s", key, what, kind, want) end
  check_plain(value, ("`%s` of %s"):format(key, what), 1)
end

local function known_keys(spec, keys, what)
  if not engine.try(next, spec) then wrong("%s has a key that is a table or a function", what) end
  for key, value in pairs(spec) do
    if type(key) == "string" then
      local known = false
      for _, name in ipairs(keys) do known = known or name == key end
      if not known then wrong("unknown key `%s` in %s%s", key, what, did_you_mean(key, keys)) end
      check_value(key, value, what)
    elseif type(key) ~= "number" then
      wrong("%s holds a value under the key `%s`", what, tostring(key))
    end
  end
end

--- Loads a test file: its spec and its cases, in order.
local function load_test(path, text)
  local made = {}
  local env = engine.env { test = named("test", "A.5.18", made), case = named("case", "what happens", made), absent = bench.absent }
  local fn, message, line = engine.compile(text, "@" .. path, env)
  if fn == nil then wrong("%s:%d: %s", path, line or 1, message) end
  local ok, result = engine.try(fn)
  if not ok then wrong("%s", result) end
  if type(result) ~= "table" or made[result] == nil or result.dsl ~= "test" then wrong("%s: the file must end with `return test \"A.5.18\" { … }`", path) end
  known_keys(result.spec, TEST_KEYS, "the test")
  local cases = {}
  for key, item in pairs(result.spec) do
    if type(key) == "number" then
      if type(item) ~= "table" or made[item] == nil or item.dsl ~= "case" then wrong("entry %s of the test is no case", tostring(key)) end
      known_keys(item.spec, CASE_KEYS, "case \"" .. item.name .. "\"")
      if item.spec.expect == nil then wrong("case \"%s\" expects nothing", item.name) end
      cases[#cases + 1] = item
    end
  end
  return { id = result.name, spec = result.spec, cases = cases }
end

--- The folder with pack.yaml above a path, or nil.
---@param path string
---@return string|nil
function file.pack_folder(path)
  local folder = path:match("^(.*)/[^/]*$") or "."
  while folder ~= nil do
    if engine.exists(folder .. "/pack.yaml") == "file" then return folder end
    folder = folder:match("^(.+)/[^/]*$")
  end
  return nil
end

--- Shows the catalogue of the pack that a file belongs to.
local function show_catalog(path, state)
  local folder = file.pack_folder(path)
  if folder == state.folder and state.shown then return end
  local pack = folder ~= nil and walk.read(folder, true) or nil
  local entries = pack ~= nil and pack.entries or {}
  catalog.set(entries)
  engine.catalog(entries)
  state.folder, state.shown, state.pack_name = folder, true, pack ~= nil and pack.name or nil
end

--- The extended rule with the checks and defaults of an extension whose text was changed.
local function replaced(rule, extension)
  local made = { params = {}, checks = {} }
  for key, value in pairs(rule) do made[key] = made[key] or value end
  for name, spec in pairs(rule.params) do
    local own = extension.params[name] or {}
    made.params[name] = { default = own.default, unit = spec.unit, meaning = spec.meaning }
    if own.default == nil then made.params[name].default = spec.default end
  end
  for i, check in ipairs(rule.checks) do
    made.checks[i] = check
    for _, own in ipairs(extension.checks) do
      if own.name == check.name then made.checks[i] = own end
    end
  end
  return made
end

--- An extension together with the rule that it extends, which stands in one of the packs.
local function with_base(extension, state, is_mutant)
  if state.packs == nil then wrong("%s extends a rule, but no packs are given where that could be", extension.path) end
  if state.loaded == nil then
    state.loaded = require "packs"
    state.loaded.load { paths = state.packs, config_path = state.config_path }
    state.shown = false
  end
  local entry = state.loaded.rule(extension.id)
  if entry == nil or entry.rule == nil then wrong("no pack has a rule %s to extend", extension.id) end
  for _, check in ipairs(extension.checks) do
    for _, present in ipairs(entry.rule.checks) do
      if present.name == check.name and present.path == extension.path then
        return is_mutant and replaced(entry.rule, extension) or entry.rule
      end
    end
  end
  local made, message = rules.extend(entry.rule, extension)
  if made == nil then wrong("%s", message) end
  return made
end

--- The rule of a file, as it is judged, and its own checks. With a text: as if the file held that.
---@param opened table
---@param text string|nil a changed text, of which nobody needs to hear what is wrong
---@param state table
---@return table rule
---@return table[] checks
function file.rule(opened, text, state)
  local options = text ~= nil and { names = false, diag = function() end } or nil
  local rule, fault = rules.load(opened.rule_path, text or opened.rule_text, opened.rule_path, options)
  if rule == nil then wrong("%s", fault) end
  if rule.id ~= opened.test.id then wrong("the test is for %s, the rule beside it is %s", opened.test.id, rule.id) end
  if rule.extends then return with_base(rule, state, text ~= nil), rule.checks end
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

--- What is wrong with a test file beside which no rule of its name stands.
local function stray(opened)
  local folder, names = opened.path:match("^(.*)/[^/]*$") or ".", {}
  local own = opened.rule_path:match("[^/]*$")
  for _, name in ipairs(engine.files(folder) or {}) do
    if name:find("%.lua$") and not name:find("_test%.lua$") and not name:find("/", 1, true) then
      if ids.from_file(name) == opened.test.id then
        local test = name:gsub("%.lua$", "_test.lua")
        return ("%s stands in %s: its one test file is %s"):format(opened.test.id, name, test)
      end
      names[#names + 1] = name
    end
  end
  return ("the test is for no rule: there is no %s beside it%s"):format(own, did_you_mean(own, names))
end

--- Opens a test file and the rule beside it. What is wrong with them is an error.
---@param path string
---@param state table {packs, config_path}, and what is remembered between files
---@return table {path, source, test, rule_path, rule_text, rule, own, cases, baseline}
function file.open(path, state)
  local text, message = engine.read(path)
  if text == nil then wrong("%s", message) end
  show_catalog(path, state)
  local opened = { path = path, source = rule_source.new(text), test = load_test(path, text), rule_path = path:gsub("_test%.lua$", ".lua") }
  if engine.exists(opened.rule_path) ~= "file" then wrong("%s", stray(opened)) end
  opened.rule_text, message = engine.read(opened.rule_path)
  if opened.rule_text == nil then wrong("the rule beside the test cannot be read: %s", tostring(message)) end
  opened.rule, opened.own = file.rule(opened, nil, state)
  local spec = opened.test.spec
  opened.bench = bench.new(path, file.pack_folder(path), spec)
  opened.cases = { baseline_case(opened.rule, opened.own, spec) }
  for _, one in ipairs(opened.test.cases) do opened.cases[#opened.cases + 1] = one end
  return opened
end

--- Runs a case. What is wrong with the case itself is an error.
---@param opened table
---@param rule table the file's rule, or a mutant of it
---@param one table the case
---@param seen table check → status → true
---@return table[] problems
function file.run_case(opened, rule, one, seen)
  local result = case.run(rule, opened.bench, one.spec)
  return case.compare(rule, result, one.spec, seen)
end

--- Says where the rule and the test speak of what differs.
local function place(problems, opened, start)
  local rule_lines = rule_source.new(opened.rule_text)
  for _, problem in ipairs(problems) do
    local key = problem.check or problem.key
    local line = opened.source:line(key ~= nil and start ~= nil and opened.source:key(key, start) or nil)
    problem.at, problem.key = line ~= nil and ("%s:%d"):format(opened.path, line) or nil, nil
    line = problem.check ~= nil and rule_lines:line(rule_lines:call("check", problem.check)) or nil
    problem.rule = line ~= nil and ("%s:%d"):format(opened.rule_path, line) or nil
  end
end

local function run_cases(opened, points, wanted)
  local seen, names, filtered = {}, {}, false
  for i, one in ipairs(opened.cases) do
    local title = opened.test.id .. ": " .. one.name
    if not wanted(title) then
      filtered = true
    else
      local source = opened.source
      local start = i > 1 and source:call("case", one.name) or nil
      local at = ("%s:%d"):format(opened.path, source:line(start) or source:line(source:call("test", opened.test.id)) or 1)
      local ok, problems, traceback = engine.try(file.run_case, opened, opened.rule, one, seen)
      if not ok then
        problems = { { what = problems, got = bench.is_internal(problems) and traceback or nil } }
      end
      if names[one.name] then table.insert(problems, { what = "another case has the same name" }) end
      names[one.name] = true
      place(problems, opened, start)
      if #problems == 0 then points:ok(title, at) else points:not_ok(title, at, problems) end
    end
  end
  return seen, filtered
end

--- Runs the cases of a test file.
---@param path string
---@param points table takes ok(name, at) and not_ok(name, at, problems)
---@param wanted fun(name: string): boolean
---@param state table
---@return table|nil coverage {lines, hit, missed, checks, seen}, where state.coverage asks for it and all cases were run
---@return table|nil opened
function file.run(path, points, wanted, state)
  local chunk = path:gsub("_test%.lua$", ".lua")
  if state.coverage then engine.cover("@" .. chunk) end
  local opened = file.open(path, state)
  local seen, filtered = run_cases(opened, points, wanted)
  local covered = state.coverage and engine.cover() or nil
  local problems, checks = coverage.of_checks(opened.own, opened.test.spec, seen)
  local title = opened.test.id .. ": coverage"
  if filtered then return nil, opened end
  if #problems == 0 then points:ok(title, path) else points:not_ok(title, path, problems) end
  return covered ~= nil and coverage.of_file(opened, covered, checks) or nil, opened
end

return file
