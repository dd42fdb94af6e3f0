-- The order of judging: what settles a check, and what comes out of it.

local judge = require "judge"
local judge_fit = require "judge_fit"
local params = require "params"
local rule = require "rule"

local tests = {}

local people = {
  { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
  { id = "bob", name = "Bob", kind = "employee", start_date = "2020-01-01", end_date = "2026-06-01" },
}

local function asset(id, more)
  local made = { id = id, name = "Asset " .. id, type = "software", status = "in_use", owner = "ann" }
  for name, value in pairs(more or {}) do
    if value == "none" then made[name] = nil else made[name] = value end
  end
  return made
end

--- A rule with one check; `body` is what stands in the check besides what every check has.
local function text_of(body, head)
  return ([[
local checks = require "checks"
return rule "A.5.9" {
  title = "T", intent = "I",
  %s
  check "one" { question = "Q?", tests = "operation", severity = "major", weight = 1, message = "m {name}: {why}", remedy = "r",
    %s
  },
}
]]):format(head or 'needs = { "assets", "people" },', body)
end

local function load(body, head)
  local made, message = rule.load("a_5_9_x.lua", text_of(body, head), "a_5_9_x.lua", { names = false })
  if made == nil then error(message) end
  return made
end

local function run(t, body, records, settings)
  settings = settings or {}
  local made = load(body, settings.head)
  local values = params.defaults(made)
  for name, value in pairs(settings.values or {}) do values[name] = value end
  return t.model(records, function()
    local result = judge.rule(made, { params = values, results = settings.results, risks = settings.risks, report = settings.report })
    return result.checks[1], result
  end, settings)
end

local function keys(check)
  local found = {}
  for i, finding in ipairs(check.findings) do found[i] = finding.key or "-" end
  return found
end

local owned = 'over = "assets", expect = owned "owner",'

function tests.passes_and_fails(t)
  local check = run(t, owned, { assets = { asset "a", asset "b" }, people = people })
  t.equal({ check.status, check.population, check.tested, check.failed, check.share }, { "pass", 2, 2, 0, 1.0 })
  check = run(t, owned, { assets = { asset "a", asset("b", { owner = "bob" }), asset("c", { owner = "none" }), asset("d", { owner = "x" }) },
    people = people })
  t.equal({ check.status, check.population, check.failed, check.share }, { "fail", 4, 3, 0.25 })
  t.equal(keys(check), { "b", "c", "d" })
  local b, c, d = check.findings[1], check.findings[2], check.findings[3]
  t.equal(b.message, "m Asset b: owner: Bob left on 2026-06-01")
  t.equal({ b.kind, b.document, b.line, b.remedy }, { "assets", "assets", 2, "r" })
  t.equal(b.values.owner, "bob")
  t.equal(b.values["people.end_date"], "2026-06-01")
  t.equal(c.message, "m Asset c: owner is empty")
  t.equal(d.message, "assets d points to x, which does not exist")
end

function tests.at_least(t)
  local records = { assets = { asset "a", asset "b", asset "c", asset("d", { owner = "bob" }) }, people = people }
  local check = run(t, owned .. " at_least = 75,", records)
  t.equal({ check.status, check.failed, #check.findings }, { "pass", 1, 1 })
  check = run(t, owned .. " at_least = 75.1,", records)
  t.equal(check.status, "fail")
  check = run(t, owned .. ' at_least = "least",', records, {
    head = 'needs = { "assets", "people" }, params = { least = { default = 70, unit = "percent", meaning = "m" } },' })
  t.equal(check.status, "pass")
end

function tests.kinds_of_the_population(t)
  local check = run(t, owned, { people = people })
  t.equal({ check.status, check.reason }, { "unknown", "`assets` is not supplied" })
  local optional = { head = 'needs = { "assets?", "people" },' }
  check = run(t, owned, { people = people }, optional)
  t.equal({ check.status, check.reason }, { "n_a", "it looks at nothing else: `assets` is not supplied" })
  check = run(t, 'over = function(isms) return checks.join(isms.assets, isms.people) end, expect = filled "name", empty = "lacks_evidence",',
    { people = people }, optional)
  t.equal({ check.status, check.population }, { "pass", 2 })
  check = run(t, 'over = function(isms) return checks.join(isms.assets, isms.people) end, expect = filled "name", empty = "lacks_evidence",',
    { people = {} }, optional)
  t.equal(check.status, "unknown", "a part is left, and it is empty")
end

function tests.an_empty_population(t)
  local records = { assets = {}, people = people }
  t.equal(run(t, owned, records).status, "n_a")
  t.equal(run(t, owned .. ' empty = "not_applicable",', records).status, "n_a")
  t.equal(run(t, owned .. ' empty = "lacks_evidence",', records).status, "unknown")
  local check = run(t, owned .. ' empty = "fails",', records)
  t.equal({ check.status, #check.findings, check.share }, { "fail", 1, 0 })
  check = run(t, owned .. ' empty = function(isms) return isms.people:any() and "lacks_evidence" or "not_applicable" end,', records)
  t.equal(check.status, "unknown")
  t.equal(run(t, owned .. ' empty = function() return "x" end,', records).status, "error")
end

function tests.empty_comes_before_what_only_expect_reads(t)
  t.equal(run(t, owned, { assets = {} }).status, "n_a")
  local check = run(t, owned, { assets = { asset "a" } })
  t.equal({ check.status, check.reason }, { "unknown", "`people` is not supplied" })
end

function tests.a_required_kind_is_missed_behind_a_broken_condition(t)
  local body = 'over = "assets", expect = { filled "classification", owned "owner" },'
  t.equal(run(t, body, { assets = { asset "a" } }).status, "unknown")
  t.equal(run(t, body, { assets = { asset "a" }, people = people }).status, "fail")
end

function tests.short_cuts_do_not_hide_a_required_kind(t)
  local records = { assets = { asset("a", { location = "x" }) } }
  t.equal(run(t, 'over = "assets", expect = any_of(filled "location", owned "owner"),', records).status, "unknown")
  t.equal(run(t, 'over = "assets", expect = given(filled "classification", owned "owner"),', records).status, "unknown")
  t.equal(run(t, 'over = "assets", expect = all_of(filled "classification", owned "owner"),', records).status, "unknown")
  t.equal(run(t, 'over = "assets", expect = any_of(filled "location", filled "owner.manager", function(a) return a.owner.name .. "x" end),',
    records).status, "unknown")
end

function tests.conditions_on_optional_kinds_are_left_out(t)
  local settings = { head = 'needs = { "assets", "people?" },' }
  local check = run(t, 'over = "assets", expect = { owned "owner", filled "location" },', { assets = { asset "a", asset("b", {
    location = "x" }) } }, settings)
  t.equal({ check.status, check.failed }, { "fail", 1 })
  t.equal(keys(check), { "a" })
  check = run(t, 'over = "assets", expect = owned "owner",', { assets = { asset "a" } }, settings)
  t.equal({ check.status, check.reason }, { "n_a", "it asks for nothing else: `people` is not supplied" })
  check = run(t, 'over = "assets", expect = any_of(owned "owner", filled "location"),', { assets = { asset "a" } }, settings)
  t.equal({ check.status, check.findings[1].message }, { "fail", "m Asset a: location is empty" })
end

function tests.applies_when(t)
  local records = { assets = { asset "a" }, people = people }
  t.equal(run(t, owned .. " applies_when = function() return false end,", records).status, "n_a")
  t.equal(run(t, owned .. " applies_when = function(isms) return #isms.assets == 1 end,", records).status, "pass")
  local head = 'needs = { "assets", "people" }, applies_when = function(isms) return isms.organization.has_premises ~= false end,'
  local check, result = run(t, owned, records, { head = head, organization = { has_premises = false } })
  t.equal({ check.status, result.status }, { "n_a", "not_applicable" })
  check, result = run(t, owned, records, { head = head })
  t.equal(check.status, "pass", "silence is no exclusion")
  t.is_nil(result.status)
end

function tests.soa_excludes(t)
  local records = { assets = { asset "a" }, people = people, soa = { { control = "A.5.9", applicable = false, justification = "nothing here" } } }
  local check, result = run(t, owned, records)
  t.equal({ check.status, result.status }, { "n_a", "not_applicable" })
  t.equal(result.reason, "the Statement of Applicability excludes it: nothing here")
  records.soa[1].applicable = true
  t.equal(run(t, owned, records).status, "pass")
end

function tests.fresh(t)
  local settings = { head = 'needs = { "assets", "people" }, params = { age = { default = "45 d", meaning = "m" } },', collected_at = {
    assets = "2026-05-15" } }
  local records = { assets = { asset "a" }, people = people }
  local check = run(t, owned .. ' fresh = { assets = "age" },', records, settings)
  t.equal({ check.status, check.reason }, { "unknown", "the newest export of assets is of 2026-05-15, older than 45 days" })
  settings.collected_at.assets = "2026-05-16"
  t.equal(run(t, owned .. ' fresh = { assets = "age" },', records, settings).status, "pass")
  t.equal(run(t, owned .. ' fresh = { assets = "age" },', { people = people }, settings).reason, "`assets` is not supplied")
end

function tests.dates_in_the_future_break_what_reads_them(t)
  local records = { assets = { asset("a", { reviewed_at = "2026-07-01" }) }, people = people }
  local check = run(t, 'over = "assets", expect = function(asset) return asset.reviewed_at ~= nil end,', records)
  t.equal({ check.status, check.findings[1].message }, { "fail", "m Asset a: reviewed_at is in the future" })
  check = run(t, 'over = function(isms) return isms.assets:where(function(a) return a.reviewed_at ~= nil end) end, expect = filled "name",', records)
  t.equal(check.status, "pass", "only where expect reads it")
  check = run(t, 'over = "people", expect = filled "start_date",', { assets = {}, people = { { id = "x", name = "X", kind = "employee",
    start_date = "2027-01-01" } } })
  t.equal(check.status, "pass", "some dates may lie ahead")
end

function tests.one_test_on_the_whole(t)
  local records = { assets = { asset "a", asset "b" }, people = people }
  local check = run(t, "holds = function(_, isms) return #isms.assets > 1 end,", records)
  t.equal({ check.status, check.population, check.tested }, { "pass", 1, 1 })
  check = run(t, "holds = function(_, isms) return #isms.assets > 2, { why = 'few' } end,", records)
  t.equal({ check.status, check.failed, #check.findings, check.share }, { "fail", 1, 1, 0 })
  check = run(t, 'over = "assets", holds = function(all) return #all > 2, { n = #all } end,', records)
  t.equal({ check.status, check.population, check.tested, check.failed, #check.findings }, { "fail", 2, 2, 1, 1 })
  check = run(t, "holds = function(_, isms) return false, { record = isms.assets[2] } end,", records)
  t.equal({ check.findings[1].key, check.findings[1].line }, { "b", 2 })
  t.equal(run(t, "holds = function(_, isms) return #isms.assets > 1 end,", { people = people }).status, "unknown")
  t.equal(run(t, "holds = function(_, isms) return #isms.assets > 1 end,", { people = people }, { head = 'needs = { "assets?", "people" },' }).status, "n_a")
end

function tests.empty_on_the_whole(t)
  local records = { assets = {}, people = people }
  t.equal(run(t, 'holds = function(_, isms) return #isms.assets > 0, { empty = true } end, empty = "lacks_evidence",', records).status, "unknown")
  t.equal(run(t, 'holds = function() return false end, empty = function(isms) if #isms.assets == 0 then return "not_applicable" end end,',
    records).status, "n_a")
  t.equal(run(t, 'holds = function() return false end, empty = function(isms) if #isms.people == 0 then return "not_applicable" end end,',
    records).status, "fail")
end

function tests.members_of_other_forms(t)
  local records = { assets = { asset "a", asset("b", { type = "hardware" }), asset("c", { type = "hardware" }) }, people = people }
  local check = run(t, "over = { 'x', 'y' }, expect = function(word) return word == 'x' end,", records)
  t.equal(keys(check), { "y" })
  check = run(t, "over = function(isms) return isms.assets:group_by 'type' end, expect = function(group) return #group.members == 1 end,", records)
  t.equal(keys(check), { "hardware" })
  t.equal({ check.findings[1].kind, check.findings[1].line }, { "assets", 2 })
  t.equal(check.findings[1].message:match("^m Asset b"), "m Asset b")
  check = run(t, "over = function(isms) return { { record = isms.assets[2], other = isms.people[1] } } end, "
    .. "expect = function(pair) return pair.other.end_date ~= nil end,",
    records)
  t.equal(keys(check), { "b" })
  check = run(t, "over = function(isms) return { { word = 'w', key = 'k' }, { blank = true, word = 'none' } } end, "
    .. "expect = function() return true end,", records)
  t.equal(keys(check), { "none" })
  t.equal(run(t, "over = function() return { {} } end, expect = function() return true end,", records).status, "error")
  t.equal(run(t, "over = function() return nil end, expect = function() return true end,", records).status, "error")
  t.equal(run(t, "over = function() return 7 end, expect = function() return true end,", records).status, "error")
  t.equal(run(t, "over = function() return { true } end, expect = function() return true end,", records).status, "error")
end

local function exception(more)
  local made = { id = "x1", control = "A.5.9", reason = "r", approved_by = "ann", approved_at = "2026-01-01", expires_at = "2026-06-30" }
  for name, value in pairs(more or {}) do made[name] = value end
  return { made }
end

function tests.exceptions(t)
  local function excepted(more)
    local check = run(t, owned, { assets = { asset("a", { owner = "bob" }), asset("b", { owner = "bob" }) }, people = people, exceptions = exception(more) })
    return check.excepted or 0, check.findings[1].excepted_by, check.findings[2].excepted_by
  end
  t.equal({ excepted() }, { 2, "x1", "x1" })
  t.equal({ excepted { subject = "b" } }, { 1, nil, "x1" })
  t.equal({ excepted { check = "one" } }, { 2, "x1", "x1" })
  t.equal((excepted { check = "two" }), 0)
  t.equal((excepted { control = "A.5" }), 0)
  t.equal((excepted { expires_at = "2026-06-29" }), 0, "until the end of the last day")
  t.equal((excepted { approved_at = "2026-07-01" }), 0)
  t.equal((excepted { approved_by = "nobody" }), 0)
end

function tests.errors_in_rule_code(t)
  local told = {}
  local function report(check, text) told[#told + 1] = (check and check.name or "rule") .. ": " .. text end
  local records = { assets = { asset "a" }, people = people }
  local check = run(t, 'over = "assets", expect = function(a) return a.nme ~= nil end,', records, { report = report })
  t.equal(check.status, "error")
  t.matches(check.reason, "^a_5_9_x.lua:6: .*did you mean `name`")
  t.matches(told[1], "^one: a_5_9_x.lua:6:")
  check = run(t, 'over = "risks", expect = filled "title",', records)
  t.equal(check.status, "error")
  t.matches(check.reason, "does not name `risks` in its needs")
  check = run(t, 'over = "assets", expect = function(a, isms, params) return params.x end,', records)
  t.matches(check.reason, "has no param `x`")
  local _, result = run(t, owned, records, { head = 'needs = { "assets", "people" }, applies_when = function() error("no") end,', report = report })
  t.equal(result.status, "error")
  t.raises(function() return require("context").isms end, "only while a check is judged")
end

function tests.a_block_may_lack_evidence(t)
  local check = run(t, 'over = "assets", expect = function(a) return checks.is_top_management(a.owner, date "2019-01-01") end,', { assets = {
    asset "a" }, people = people })
  t.equal({ check.status, check.reason }, { "unknown", "nobody is known to have led the organisation on 2019-01-01" })
end

function tests.findings_are_cut(t)
  local assets = {}
  for i = 1, 1003 do assets[i] = asset("a" .. i, { owner = "bob" }) end
  local check = run(t, owned, { assets = assets, people = people, exceptions = exception { subject = "a1002" } })
  t.equal({ check.failed, #check.findings, check.dropped, check.excepted }, { 1003, 1000, 3, 1 })
end

function tests.findings_that_no_frame_carries_are_dropped(t)
  local function checks(n, of, size)
    local list = {}
    for i = 1, n do
      list[i] = { question = "q", remedy = "r", findings = {} }
      for k = 1, of do list[i].findings[k] = { message = ("m"):rep(size - 2), key = "k", values = { a = "" } } end
    end
    return list
  end
  local function shortened(...)
    local list = checks(...)
    local fits = judge_fit.shorten(list)
    return { fits, #list[1].findings, list[1].dropped or 0 }
  end
  local mb = 1024 * 1024
  t.equal(shortened(2, 64, mb // 128 - 2), { true, 64, 0 }) -- 2 x 64 x 8190 bytes and 4
  t.equal(shortened(2, 64, mb // 128), { true, 50, 14 })
  t.equal(shortened(1, 1000, 2000), { true, 500, 500 })
  t.equal(shortened(1, 21, mb // 20 + 1), { true, 10, 11 })
  t.equal(shortened(1, 10, mb // 10), { true, 10, 0 })
  t.equal(shortened(1, 11, mb // 10), { true, 10, 1 })
  t.equal(shortened(2, 10, mb // 10), { false, 10, 0 })
  local dropped = checks(1, 11, mb // 10)
  dropped[1].dropped = 5
  judge_fit.shorten(dropped)
  t.equal(dropped[1].dropped, 6)
end

function tests.results_and_risks_reach_the_blocks(t)
  local settings = { results = { ["A.8.13"] = { status = "effective", credit = 1 } }, risks = { r = { residual = { score = 6 } } } }
  local check = run(t, "holds = function() return checks.effectiveness 'A.8.13' == 1 and checks.derived_residual 'r' == 6 end,", { assets = {},
    people = {} }, settings)
  t.equal(check.status, "pass")
end

return tests
