-- Loading rule files: what is refused, with which words, and what extensions do. What diagnostics say is seen in the first message,
-- which rule.load gives back.

local rule = require "rule"
local source = require "rule_source"

local tests = {}

local function silent() end

local HEAD = 'title = "T", intent = "I", needs = { "accounts", "people" },'
local CHECK = 'question = "Q?", tests = "design", severity = "minor", weight = 1, message = "m", remedy = "r",'

local function load(text, name)
  return rule.load(name or "a_5_9_x.lua", text, "pack/a_5_9_x.lua", { diag = silent })
end

--- A rule of one check that has these further keys.
local function with(body, head)
  return ('local checks = require "checks"\nreturn rule "A.5.9" {\n  %s\n  check "one" {\n    %s\n    %s\n  },\n}\n'):format(head or HEAD, CHECK, body)
end

local GOOD = 'over = "accounts", expect = filled "owner",'

local function refused(t, text, pattern, name)
  local made, message = load(text, name)
  t.is_nil(made, "it was loaded")
  t.matches(message, pattern)
end

function tests.a_good_rule(t)
  local made = load(with(GOOD))
  t.equal({ made.id, made.title, #made.checks, made.checks[1].name, made.checks[1].whole }, { "A.5.9", "T", 1, "one", false })
  t.equal(#made.checks[1].conditions, 1)
  made = load(with('holds = policy_in_force "backup",',
    'title = "T", intent = "I", needs = { "documents" }, params = { policy_review_interval = { default = "1 d", meaning = "m" } },'))
  t.equal(made.checks[1].whole, true)
end

function tests.what_is_no_rule(t)
  refused(t, "return 7", "the file returns no rule")
  refused(t, "local x = ", "a_5_9_x.lua:1: unexpected symbol")
  refused(t, "return rule 'A.5.9' 'x'", "needs a table")
  refused(t, 'return rule "A.5.9" { chck "one" {} }', "a_5_9_x.lua:1: there is no global `chck`; did you mean `check`")
  refused(t, 'x = 1', "cannot be assigned")
  refused(t, 'return { dsl = "rule", name = "A.5.9", spec = {} }', "the file returns no rule")
  refused(t, 'return rule "A.5.9" { ' .. HEAD .. ' { dsl = "check", name = 7, spec = 7 } }', "entry 1 of the rule is no check")
  refused(t, 'require "judge"', 'can require "checks" and nothing else')
  refused(t, with(GOOD), "named for A.5.10, and its rule is A.5.9", "a_5_10_x.lua")
  refused(t, with(GOOD), "named for no requirement", "access.lua")
end

function tests.keys_and_words(t)
  refused(t, with(GOOD .. " overr = 1,"), "a_5_9_x.lua:6: unknown key `overr` in check one")
  refused(t, with(GOOD, 'title = "T", needs = { "accounts" },'), "the rule has no `intent`")
  refused(t, with(GOOD, 'title = 7, intent = "I", needs = { "accounts" },'), "`title` of the rule must be a text, not a number")
  refused(t, with(GOOD, 'title = "T", intent = "I", needs = { "acounts" },'), "`needs` names an unknown kind `acounts`")
  refused(t, with(GOOD, 'title = "T", intent = "I", needs = { "accounts", "accounts?" },'), "names `accounts` twice")
  refused(t, with("severity = 'big', " .. GOOD), "`severity` of check one is `big`")
  refused(t, with("remedy = ('x'):rep(5000), " .. GOOD), "`remedy` of check one is longer than 4096 bytes")
  refused(t, with("tests = 'x', " .. GOOD), "`tests` of check one is `x`")
  refused(t, with("weight = 6, " .. GOOD), "`weight` of check one is `6`")
  refused(t, with('expect = filled "owner",'), "has `expect` without `over`")
  refused(t, with('over = "accounts",'), "has neither `expect` nor `holds`")
  refused(t, with(GOOD .. " holds = function() end,"), "has both `expect` and `holds`")
  refused(t, with('over = "accounts", expect = { late = filled "owner" },'), "holds no condition")
  refused(t, with('over = "accounts", expect = { filled "owner", late = filled "owner" },'), "it has the name `late`")
  refused(t, with('over = "accounts", expect = { "owner" },'), "item 1 is a string")
  refused(t, with(GOOD .. " at_least = 101,"), "must be a percentage")
  refused(t, with(GOOD .. " empty = 'passes',"), "`empty` of check one is `passes`")
  refused(t, with(GOOD .. " missing = { owner = 7 },"), "`missing` of check one `owner` must be a text")
  refused(t, with(GOOD .. " }, check 'one' { " .. CHECK .. GOOD), "two checks are named `one`")
  refused(t, (with(GOOD):gsub('"one"', '"status"')), "not by `status`")
end

function tests.params(t)
  local function head(text) return HEAD .. " params = { " .. text .. " }," end
  refused(t, with(GOOD, head 'age = { default = "30 d", meaning = "m" }'), "a_5_9_x.lua:3: no check uses the param `age`")
  refused(t, with(GOOD, head 'age = { default = "30", meaning = "m" }'), "the default of param age is no duration")
  refused(t, with(GOOD, head 'age = { default = 3, unit = "x" }'), "param age has no `meaning`")
  refused(t, with(GOOD .. ' fresh = { accounts = "age" },'), "there is no param `age`")
  refused(t, with(GOOD .. ' at_least = "age",'), "there is no param `age`")
  refused(t, with('over = "accounts", expect = within("created_at", "age"),'), "there is no param `age`")
  refused(t, with('over = "accounts", expect = function(a, isms, params) return params.age end,'), "there is no param `age`")
  refused(t, with('over = "accounts", expect = in_period "created_at",'), "`in_period` takes the param `lookback`")
  t.is_true(load(with('over = "accounts", expect = within("created_at", "age"),', head 'age = { default = "30 d", meaning = "m" }')))
  t.is_true(load(with('over = "accounts", expect = function(a) return checks.in_period(a.created_at) end,',
    head 'lookback = { default = "30 d", meaning = "m" }')))
  t.is_true(load(with('over = "accounts", expect = one_of("kind", "kinds"),', head 'kinds = { default = { "human" }, unit = "kinds", meaning = "m" }')))
end

function tests.names_that_must_fit(t)
  refused(t, with('over = "accounts", expect = filled "ownr",'), "no kind that the rule needs has a field `ownr`")
  refused(t, with('over = "accounts", expect = filled "person.nme",'), "no kind that the rule needs has a field `nme`")
  refused(t, with('over = "acounts", expect = filled "owner",'), "`over` names acounts, which `needs` does not")
  refused(t, with('over = function(isms) return isms.risks end, expect = filled "owner",'), "`isms.risks` is read, but `needs` does not name it")
  refused(t, with('over = function(isms) return isms.acounts end, expect = filled "owner",'), "there is no kind `acounts`")
  refused(t, with(GOOD .. ' fresh = { assets = "30 d" },'), "`fresh` names assets, which `needs` does not")
  refused(t, with(GOOD .. ' missing = { ownr = "x" },'), "has a field `ownr`")
  refused(t, with(GOOD .. ' missing = { ["people.nme"] = "x" },'), "people has no field `nme`")
  refused(t, with(GOOD .. ' missing = { ["assets.name"] = "x" },'), "the rule does not need assets")
  refused(t, with(GOOD .. ' messages = { late = "x" },'), "no condition says `late`")
  refused(t, with('holds = policy_in_force "x",', HEAD .. ' params = { policy_review_interval = { default = "1 d", meaning = "m" } },'),
    "`policy_in_force` reads documents")
  refused(t, with('holds = function() end, empty = "fails",'), "`empty` of check one is never asked")
  t.is_true(load(with('over = "accounts", expect = says("late", filled "owner"), messages = { late = "x" },')))
  t.is_true(load(with('over = "accounts", expect = function() return false, { says = "late" } end, messages = { late = "x" },')))
  t.is_true(load(with('over = function(isms) return { { record = isms.accounts[1], thing = 1 } } end, expect = filled "thing",')))
end

function tests.comments_and_strings_are_no_code(t)
  t.is_true(load(with(GOOD .. "\n    -- isms.nothing, params.nothing, policy_in_force \"x\"\n    --[[ isms.nothing ]]")))
  t.is_true(load((with(GOOD):gsub('message = "m"', 'message = "isms.nothing params.nothing policy_in_force (x)"'))))
end

local BASE = with(GOOD .. ' }, check "two" { ' .. CHECK .. ' over = "accounts", expect = within("created_at", "age"),',
  HEAD .. ' params = { age = { default = "30 d", meaning = "m" } },')

local function extend(body)
  local base = load(BASE)
  local extension, message = rule.load("tailoring/a_5_9_own.lua", 'return extend "A.5.9" {\n' .. body .. "\n}", "own/a_5_9_own.lua", { diag = silent })
  if extension == nil then return nil, message end
  local made
  made, message = rule.extend(base, extension)
  return made, message, base
end

local function names(made)
  local list = {}
  for i, check in ipairs(made.checks) do list[i] = check.name end
  return table.concat(list, " ")
end

function tests.extensions(t)
  local made, _, base = extend('check "three" { ' .. CHECK .. GOOD .. ' },')
  t.equal(names(made), "one two three")
  t.equal(names(base), "one two", "the rule itself stays as it is")
  made = extend('without "one",')
  t.equal(names(made), "two")
  made = extend('check "one" { ' .. CHECK:gsub("Q", "New Q") .. GOOD .. ' },')
  t.equal({ names(made), made.checks[1].question, made.checks[1].path }, { "one two", "New Q?", "tailoring/a_5_9_own.lua" })
  made = extend('params = { age = { default = "7 d" } },')
  t.equal({ made.params.age.default, made.params.age.meaning }, { "7 d", "m" })
  made = extend('needs = { "assets", "people?" }, check "three" { ' .. CHECK .. ' over = "assets", expect = filled "owner" },')
  t.equal(table.concat(made.needs, " "), "accounts people assets")
  made = extend('params = { max = { default = 3, unit = "x", meaning = "m" } }, check "three" { ' .. CHECK
    .. ' over = "accounts", expect = at_most("id", "max") },')
  t.equal(made.params.max.default, 3)
end

function tests.what_is_wrong_is_told_once_and_as_a_mistake_of_the_file(t)
  local function codes(text)
    local found = {}
    rule.load("a_5_9_x.lua", text, "pack/a_5_9_x.lua", { diag = function(d) found[#found + 1] = d.code end })
    return table.concat(found, " ")
  end
  local used = 'over = "accounts", expect = function(_, _, params) return params.x end,'
  t.equal(codes(with(used, HEAD .. 'params = { x = { default = 5, unit = 5, meaning = "m" } },')), "E0516")
  t.equal(codes(with(used, HEAD .. 'params = { x = { default = date "2026-01-01", unit = "days", meaning = "m" } },')), "E0516")
  t.equal(codes(with(GOOD, HEAD .. "[1.5] = 1, [true] = 2,")), "E0516 E0516")
  refused(t, with('over = "accounts", expect = filled "own er",'), 'a_5_9_x.lua:6: a field is named by a text such as "owner"')
  t.equal(codes(with(GOOD .. "[rule] = 1,")), "E0516")
  t.equal(codes(with('over = "accounts", expect = { filled "owner", nil, filled "username" },')), "E0516")
end

function tests.extensions_that_do_not_fit(t)
  local function refuse(body, pattern)
    local made, message = extend(body)
    t.is_nil(made)
    t.matches(message, pattern)
  end
  refuse('without "onee",', "own/a_5_9_own.lua:2: A.5.9 has no check `onee`")
  refuse('params = { ag = { default = "7 d" } },', "A.5.9 has no param `ag`")
  refuse('params = { age = { default = 7 } },', "the default of param age is no duration")
  refuse('title = "x",', "unknown key `title` in the extension")
  refuse('check "three" { ' .. CHECK .. ' over = "assets", expect = filled "owner" },', "`over` names assets")
  refuse('params = { max = { default = 3, unit = "x", meaning = "m" } },', "no check uses the param `max`")
end

function tests.the_text_of_a_file(t)
  local found = source.new 'local a = "params.x" -- params.y\nreturn params.z + isms.people, check "one" { over = 1, ["a.b"] = 2 }\ncheck "one" {}'
  t.equal(found:members("params"), { z = found:members("params").z })
  t.equal(found:line(found:members("params").z), 2)
  t.equal(found:line(found:call("check", "one")), 2)
  t.equal(found:line(found:call("check", "one", 2)), 3)
  t.equal(found:line(found:key "a.b"), 2)
  t.is_true(found:key "over")
  t.is_nil(found:key "people")
  t.equal(found:text_of(1), 'local a = "params.x" -- params.y')
end

return tests
