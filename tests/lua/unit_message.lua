-- What is said about failures: which message speaks, and what its placeholders stand for.

local judge = require "judge"
local params = require "params"
local rule = require "rule"
local show = require "show"

local duration = engine.duration

local tests = {}

local records = {
  people = {
    { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01", email = "ann@example.org" },
    { id = "bob", name = "Bob", kind = "employee", start_date = "2020-01-01", end_date = "2026-06-01", manager_id = "ann" },
  },
  assets = { { id = "crm", name = "CRM", type = "software", status = "in_use" } },
  accounts = {
    { id = "acc-1", system = "crm", username = "bob", person_id = "bob", kind = "human", privileged = false, status = "active" },
    { id = "acc-2", system = "crm", username = "x", person_id = "gone", kind = "human", privileged = true, status = "active", mfa = false },
  },
  acknowledgements = { { person_id = "ann", document_id = "d", acknowledged_at = "2026-01-01" } },
}

--- The message about the first record of `over` under a check with these further keys.
local function said(t, over, body, settings)
  settings = settings or {}
  local text = ([[
local checks = require "checks"
return rule "A.5.9" { title = "T", intent = "I", needs = { "accounts", "people", "assets", "acknowledgements" },
  params = { grace = { default = "10 d", meaning = "m" }, topics = { default = { "a", "b" }, unit = "words", meaning = "m" } },
  check "one" { question = "Q?", tests = "operation", severity = "major", weight = 1, remedy = "r", %s %s },
}]]):format(over ~= "" and "over = " .. over .. "," or "", body)
  local made, message = rule.load("a_5_9_x.lua", text, "a_5_9_x.lua", { names = false })
  if made == nil then error(message) end
  return t.model(records, function()
    local check = judge.rule(made, { params = params.defaults(made) }).checks[1]
    if check.status == "error" then error(check.reason) end
    return check.findings[1] and check.findings[1].message, check.findings[1]
  end, settings)
end

local first = "function(isms) return isms.accounts:where { id = 'acc-1' } end"
local second = "function(isms) return isms.accounts:where { id = 'acc-2' } end"
local no = "expect = function() return false, {} end,"

local function placeholders(t, text, expected, over, expect)
  t.equal(said(t, over or first, (expect or no) .. ' message = "' .. text .. '",'), expected)
end

function tests.fields_and_references(t)
  placeholders(t, "{username} on {system}", "bob on crm")
  placeholders(t, "{person} {person_id}", "Bob Bob")
  placeholders(t, "{record}", "accounts acc-1")
  placeholders(t, "{privileged} {status}", "false active")
  placeholders(t, "{person}", "gone", second)
  placeholders(t, "{owner}", "nothing")
  placeholders(t, "{nonsense}", "[nonsense]")
  placeholders(t, "a {b c} {} {1}", "a {b c} {} {1}")
end

function tests.fields_of_the_record_that_a_reference_leads_to(t)
  placeholders(t, "{end_date} {people.name}", "2026-06-01 Bob", first, "expect = function(a) return a.person.end_date == nil, {} end,")
  placeholders(t, "{email}", "ann@example.org", first, "expect = function(a) return a.person.manager.start_date == nil, {} end,")
end

function tests.params_and_words(t)
  placeholders(t, "{grace} {topics}", "10 days a, b")
  placeholders(t, "{days} {minutes} {limit} {value} {n} {share} {ids}", "2 days 1501 minutes 10 days x 3 87 % acc-1, acc-2", first,
    [[expect = function(a, isms, params)
      return false, { days = duration "25 h", minutes = duration "90001 s", limit = params.grace, value = "x", n = 3, share = 87.9,
        ids = isms.accounts } end,]])
  placeholders(t, "{days} {n} {share} {other}", "? days ? ? % ?")
  placeholders(t, "{share}", "88 %", first, "expect = function() return false, { share = 87.1, limit = 80 } end,")
  placeholders(t, "{share}", "87 %", first, "expect = function() return false, { share = 87.9, limit = 90 } end,")
  placeholders(t, "{other}", "CRM", first, "expect = function(_, isms) return false, { other = isms.assets[1] } end,")
  placeholders(t, "{asset} {accounts.id}", "CRM acc-1", first, "expect = function(_, isms) return false, { thing = isms.assets[1] } end,")
  placeholders(t, "{extra}", "2026-01-01, 4 hours", first, "expect = function() return false, { extra = { date '2026-01-01', duration '4 h' } } end,")
end

function tests.words_of_members(t)
  placeholders(t, "{word}", "w", "{ 'w' }")
  placeholders(t, "{record}", "w", "{ 'w' }")
  placeholders(t, "{system} {username} {word}", "crm bob crm", "function(isms) return isms.accounts:group_by 'system' end")
  placeholders(t, "{word} {other} {asset.name} {size}", "acc CRM CRM 7",
    "function(isms) return { { word = 'acc', other = isms.assets[1], asset = isms.assets[1], size = 7 } } end")
  placeholders(t, "{person} {email}", "Ann ann@example.org", "function(isms) return { { record = isms.accounts[1], person = isms.people[1] } } end")
end

local missing = 'missing = { owner = "nobody answers for {username}", mfa = "no word on mfa" }, '

function tests.missing_speaks_for_an_empty_field(t)
  t.equal(said(t, first, missing .. 'expect = filled "owner", message = "m",'), "nobody answers for bob")
  t.equal(said(t, first, missing .. 'expect = function(a) return a.owner.name == "x" end, message = "m",'), "nobody answers for bob")
  t.equal(said(t, first, missing .. 'expect = { filled "username", is_true "mfa" }, message = "m",'), "no word on mfa")
  t.equal(said(t, second, missing .. 'expect = is_true "mfa", message = "m",'), "m")
  t.equal(said(t, first, missing .. 'expect = { any_of(filled "owner", is_true "privileged") }, message = "m",'), "nobody answers for bob")
end

function tests.missing_of_another_record(t)
  local other = 'missing = { ["people.email"] = "{people.name} has no address" }, '
  t.equal(said(t, first, other .. 'expect = function(a) return a.person.email == "x" end, message = "m",'), "Bob has no address")
  t.equal(said(t, first, 'missing = { email = "{person} has no address" }, expect = function(a) return a.person.email == "x" end, message = "m",'),
    "Bob has no address")
  t.equal(said(t, "", 'missing = { owner = "nobody answers for {username}" }, message = "m", '
      .. 'holds = function(_, isms) return isms.accounts[1].owner ~= nil end,'),
    "nobody answers for bob")
  t.equal(said(t, first, 'missing = { ["people.email"] = "x" }, message = "m", '
    .. 'expect = function(a) return false, { absent = "people.email", other = a.person } end,'), "x")
end

function tests.messages_by_name(t)
  local named = 'messages = { late = "{username} was {days} late" }, message = "m", '
  t.equal(said(t, first, named .. 'expect = says("late", function() return false, { days = duration "2 d" } end),'), "bob was 2 days late")
  t.equal(said(t, first, named .. 'expect = function() return false, { says = "late", days = 3 } end,'), "bob was 3 days late")
  t.equal(said(t, first, named .. 'expect = says("other", function() return false end),'), "m")
  t.equal(said(t, first, named .. missing .. 'expect = says("late", filled "owner"),'), "nobody answers for bob")
  t.equal(said(t, first, 'messages = { a = "A", b = "B" }, message = "m", expect = says("a", says("b", function() return false end)),'), "B")
end

function tests.why(t)
  local function why(expected, condition, over) t.equal(said(t, over or first, 'message = "{why}", expect = ' .. condition .. ","), expected) end
  why("the owner is late", 'says("the owner is late", filled "owner")')
  why("bob is nothing", 'says("{username} is {owner}", filled "owner")')
  why("not so: owner is empty", 'says("not so: {why}", filled "owner")')
  why("owner is empty", 'filled "owner"')
  why("too {odd} bob", 'function() return false, { why = "too {odd} {username}" } end')
  why("status is active, owner is empty", "function(a) return a.status == 'x' or a.owner ~= nil end")
  why("the condition does not hold", "function() return false end")
end

function tests.has_no_field(t)
  t.equal(said(t, first, 'expect = filled "owner", message = "m",'), "accounts acc-1 has no owner")
  t.equal(said(t, first, 'expect = function(a) return a.last_login_at < date "2026-01-01" end, message = "m",'), "accounts acc-1 has no last_login_at")
  t.equal(said(t, first, 'expect = function(a) return a.last_login_at < date "2026-01-01", {} end, message = "m",'), "m")
  t.equal(said(t, first, 'expect = function(a, isms) return a.owner ~= nil and isms.assets[1].name end, message = "m",'), "accounts acc-1 has no owner")
  t.equal(said(t, first, 'expect = function(a, isms) return isms.assets[1].name == "x" or a.owner ~= nil end, message = "m",'), "m")
  t.equal(said(t, first, 'expect = function(a) return a.person.email ~= nil end, message = "m",'), "m", "another record's field")
  t.equal(said(t, first, 'expect = any_of(filled "owner", is_true "mfa"), message = "m",'), "m")
  t.equal(said(t, first, 'expect = filled "owner", message = "m: {why}",'), "m: owner is empty")
end

function tests.dangling_references(t)
  t.equal(said(t, second, 'expect = filled "person_id", message = "m",'), "accounts acc-2 points to gone, which does not exist")
  t.equal(said(t, second, 'missing = { person_id = "x" }, expect = function(a) return a.person.name ~= nil end, message = "m",'),
    "accounts acc-2 points to gone, which does not exist")
  t.equal(said(t, first, 'expect = function(_, isms) return isms.accounts[2].person ~= nil end, message = "m",'), "m", "a record that nothing leads to")
end

function tests.values_of_a_check(t)
  local body = 'values = function(a) return { days = duration "3 d", who = a.person } end, message = "{who} {days}", expect = '
  t.equal(said(t, first, body .. "function() return false end,"), "Bob 3 days")
  t.equal(said(t, first, body .. 'function() return false, { days = duration "4 d" } end,'), "Bob 4 days")
end

function tests.values_of_a_finding(t)
  local _, finding = said(t, first, 'message = "m", expect = { filled "status", function(a) return a.person.name == a.system and a.kind end },')
  t.equal(finding.values, { person_id = "bob", system = "crm", ["people.name"] = "Bob" })
end

function tests.keyless_records(t)
  local message, finding = said(t, "'acknowledgements'", 'message = "{record}: {why}", expect = filled "version",')
  t.equal(message, "acknowledgements acknowledgements:1: version is empty")
  t.equal({ finding.key, finding.document, finding.line }, { nil, "acknowledgements", 1 })
end

function tests.long_messages_are_cut(t)
  local message = said(t, first, 'message = "{big}", expect = function() return false, { big = string.rep("ä", 3000) } end,')
  t.equal(#message <= 4096, true)
  t.matches(message, "ä…$")
end

function tests.numbers_in_words(t)
  t.equal(show.days(1), "1 day")
  t.equal(show.days(1.2), "2 days")
  t.equal(show.days(-1.2), "2 days")
  t.equal(show.days(duration "0 d"), "0 days")
  t.is_nil(show.days "x")
  t.equal(show.minutes(duration "61 s"), "2 minutes")
  t.equal(show.share(100, 95), "100 %")
  t.equal(show.share(94.99, 95), "94 %")
  t.equal({ show.days(1e300), show.minutes(1e300), show.share(-1e300), show.ids(5) }, { "1e+300 days", "1e+300 minutes", "-1e+300 %", "5" })
  t.equal({ show.days(0 / 0), show.minutes(math.huge), show.share(0 / 0), show.share(-math.huge, 5) }, {})
  t.equal({ show.text(show.text), show.text { 1, function() end } }, { "a function", "1, a function" })
  t.equal(show.text(3.0), "3")
  t.equal(show.text {}, "nothing")
  t.equal(show.ids { "1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11" }, "1, 2, 3, 4, 5, 6, 7, 8, 9, 10, …")
end

return tests
