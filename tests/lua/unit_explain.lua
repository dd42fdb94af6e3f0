-- How rules are put into words, how a score is told, and what is written as JSON.

local catalog = require "catalog"
local conditions = require "conditions"
local doc_comments = require "doc_comments"
local explain_result = require "explain_result"
local json = require "json"
local phrases = require "phrases"
local rule_parts = require "rule_parts"
local score = require "score"

local tests = {}

-- ---- parts of a text ----

local RULE = [==[
-- check "not_this" { in a comment
return rule "A.5.18" {
  params = { a = { default = "1 d", meaning = "x, y" }, b = { default = 2, unit = "u", meaning = "z" } },
  check "first" {
    question = "a, b; { c } \" =", over = "people",
    expect = {
      filled "owner", -- a comment, with { and "
      within("reviewed_at", "a"),
      function(r, _, params)
        if r.x == 1 then return true, { n = 1, m = 2 } end
        for i = 1, 2 do r = i end
        repeat r = 1 until r == 1
        return r <= params.b
      end;
      says("late", any_of(filled "x", none_of("kind", { "a", "b" }))),
    },
    missing = { owner = "nobody", ["people.name"] = "no name" },
  },
  check "second" { holds = local_one, message = [[a } b]] },
}
]==]

function tests.parts_of_a_check(t)
  local source = rule_parts.source(RULE)
  local part = rule_parts.check(source, "first")
  t.equal(part.line, 4)
  t.equal(part.last, 18)
  t.equal(part.keys.over.text, '"people"')
  t.equal(part.keys.question.text, [["a, b; { c } \" ="]])
  t.equal(part.keys.expect.line, 6)
  t.equal(rule_parts.text(source, part.keys.question), 'a, b; { c } " =')
  local items = rule_parts.items(source, part.keys.expect)
  t.equal(#items, 4)
  t.equal(items[1].text, 'filled "owner"')
  t.equal({ items[3].line, items[3].last }, { 9, 14 })
  t.is_true(items[3].text:find("^function") and items[3].text:find("end$"))
  local name, arguments = rule_parts.call(source, items[2])
  t.equal({ name, arguments[1].text, arguments[2].text }, { "within", '"reviewed_at"', '"a"' })
  t.is_nil(rule_parts.call(source, items[3]))
  local keyed = rule_parts.entries(source, part.keys.missing.from)
  t.equal(keyed["people.name"].text, '"no name"')
  t.is_nil(rule_parts.check(source, "not_this"))
end

function tests.parts_of_a_rule(t)
  local source = rule_parts.source(RULE)
  local top = rule_parts.rule(source, "A.5.18")
  t.equal(top.params.line, 3)
  local keyed = rule_parts.entries(source, top.params.from)
  t.equal({ keyed.a.text:sub(1, 1), keyed.b.line }, { "{", 3 })
  t.equal(rule_parts.check(source, "second").keys.holds.text, "local_one")
  t.equal(rule_parts.check(source, "second").keys.message.text, "[[a } b]]")
end

function tests.unfinished_text_does_no_harm(t)
  for i = 1, #RULE do
    local source = rule_parts.source(RULE:sub(1, i))
    rule_parts.check(source, "first")
    rule_parts.rule(source, "A.5.18")
  end
  t.is_nil(rule_parts.check(rule_parts.source(""), "first"))
end

-- ---- words ----

--- A condition, as it is written, in words.
local function said(text, params)
  local source = rule_parts.source("return rule \"X.1\" { check \"c\" { expect = { " .. text .. " } } }")
  local part = rule_parts.items(source, rule_parts.check(source, "c").keys.expect)[1]
  return (phrases.condition({ source = source, params = params or {} }, part))
end

local function over(text)
  local source = rule_parts.source("return rule \"X.1\" { check \"c\" { over = " .. text .. " } }")
  return phrases.population({ source = source, params = {} }, rule_parts.check(source, "c").keys.over)
end

function tests.every_constructor_has_words(t)
  for name in pairs(conditions.make) do t.is_true(phrases.knows(name), name) end
end

function tests.conditions_in_words(t)
  t.equal(said('filled "owner"'), "owner is filled")
  t.equal(said('within("reviewed_at", "interval")', { interval = "365 days" }), "reviewed_at lies no further back than interval (365 days)")
  t.equal(said('within("reviewed_at", "30 d")'), "reviewed_at lies no further back than 30 d")
  t.equal(said('one_of("kind", "a", "b", "c")'), "kind is one of: a, b or c")
  t.equal(said('none_of("kind", { "a", "b" })'), "kind is none of: a or b")
  t.equal(said('one_of("kind", "kinds")', { kinds = "a, b" }), "kind is one of: kinds (a, b)")
  t.equal(said('at_least("n", 3)'), "n is at least 3")
  t.equal(said('reviewed_within("a", "b", "i")', { i = "1 day" }), "the latest of a and b lies no further back than i (1 day)")
  t.equal(said('engaged("by", "at")'), "by was with the organisation on at")
  t.equal(said('any_of(filled "a", all_of(filled "b", empty "c"))'), "either a is filled or b is filled and c is empty")
  t.equal(said('given(is_true "x", filled "y")'), "where x says yes: y is filled")
  t.equal(said('says("late", timely("from", "to", "d"))', { d = "4 hours" }), "to came within d (4 hours) of from, or its time is not up yet")
  t.equal(said('policy_in_force("backup", { "policy", "standard" })'), "a policy or standard on backup is in force")
  t.equal(said('not_stamped("visits", "at", "share", "min")', { share = "60 %", min = "5 records" }),
    "no more than share (60 %) of the records share the value of at (once there are min (5 records))")
  t.equal(said("not_future \"at\""), "at does not lie in the future")
end

function tests.code_is_named_by_its_lines(t)
  t.equal(said("function(r) return r.x end"), "what code tests (line 1)")
  t.equal(said("on_scale(\"likelihood\", levels)"), '`on_scale("likelihood", levels)` (line 1)')
  t.equal(said("within(function(r) return r.x end, 3)"), "what code gives (line 1) lies no further back than 3")
end

function tests.populations_in_words(t)
  t.equal(over '"people"', "every record of people")
  t.equal(over '{ "a", "b" }', "the words a and b")
  t.equal(over "function(isms) return isms.people end", "every record of people")
  t.equal(over 'function(isms) return isms.people:where{ kind = "employee", privileged = true } end', "people where kind is employee and privileged is yes")
  t.equal(over 'function(isms) return isms.people:where({ kind = { "board", "employee" } }) end', "people where kind is board or employee")
  t.equal(over 'function(isms) return isms.people:where{ kind = "board" }:where(function(p) return p.x end) end',
    "people where kind is board, and of these those that code picks out (line 1)")
  t.equal(over "function(isms) local x = isms.people return x:where{ n = #isms.assets } end", "what code picks out (line 1), looking at people and assets")
end

-- ---- the score, told ----

local function check(name, status, more)
  local out = { name = name, question = "?", tests = "operation", severity = "major", weight = 1, status = status, population = 10, tested = 10,
    failed = status == "fail" and 10 or 0, share = status == "fail" and 0 or 1, findings = {} }
  for key, value in pairs(more or {}) do out[key] = value end
  return out
end

local function texts(checks, status)
  catalog.set { { id = "A.5.18", kind = "control", theme = "organizational", title = "Access rights" } }
  local result = score.requirement({ id = "A.5.18", checks = checks, status = status }, {})
  local list = {}
  for i, step in ipairs(score.steps(result)) do list[i] = step.text end
  return list, result
end

function tests.a_mean_and_a_cap(t)
  local list, result = texts { check("a", "pass", { weight = 3 }), check("b", "fail", { weight = 2, share = 0.9, failed = 1 }), check("c", "n_a"),
    check("d", "unknown", { severity = "minor" }) }
  t.equal(list, {
    "weight 3 x share 1 = 3", "weight 2 x share 0.9 = 1.8", "left out: does not apply", "left out: lacks evidence",
    "mean: 100 x 4.8 / 5 = 96, rounded down", "held at 89: b is major and fails", "40 or more and below 90: partially effective", "credited to risks: 0.89",
  })
  t.equal(result.score, 89)
end

function tests.a_cap_that_changes_nothing_is_not_told(t)
  t.equal(texts { check("a", "pass"), check("b", "fail", { share = 0.5, failed = 5 }) }, {
    "weight 1 x share 1 = 1", "weight 1 x share 0.5 = 0.5", "mean: 100 x 1.5 / 2 = 75, rounded down", "40 or more and below 90: partially effective",
    "credited to risks: 0.75",
  })
end

function tests.gates(t)
  local function gate(checks)
    local list = texts(checks)
    return list[#list - 1]
  end
  t.equal(gate { check("a", "pass", { weight = 5 }), check("b", "fail") }, "b is major and fails outright: ineffective, whatever the others say")
  t.equal(gate { check("a", "pass", { weight = 5 }), check("b", "fail", { tests = "design", share = 0.9, failed = 1 }) },
    "b is major and fails in design: ineffective, whatever the others say")
  t.equal(gate { check("a", "fail", { severity = "minor", share = 0.2, failed = 8 }) }, "below 40: ineffective")
  t.equal(gate { check("a", "pass"), check("b", "unknown") }, "b is major and lacks evidence: no score")
  t.equal(gate { check("a", "n_a") }, "no check could be judged: no score")
  t.equal(gate { check("a", "pass") }, "nothing fails: effective")
  t.equal(gate { check("a", "error") }, "a check ended in an error: no score, and never a pass")
  t.equal(gate { check("a", "pass", { weight = 5 }), check("b", "fail", { share = 0.9, failed = 1, excepted = 1 }) },
    "all that fails is covered by exceptions: the score stands, and is not credited")
  t.equal(gate { check("a", "pass", { weight = 5 }), check("b", "fail", { severity = "minor", share = 0.9, failed = 1 }) },
    "90 or more: effective, with what fails reported")
end

function tests.the_steps_add_up_to_the_score(t)
  local seed = 7
  local function random(n)
    seed = (seed * 1103515245 + 12345) % 2147483648
    return seed % n
  end
  for _ = 1, 300 do
    local checks = {}
    for i = 1, 1 + random(6) do
      local status = ({ "pass", "fail", "fail", "n_a", "unknown" })[1 + random(5)]
      local failed = 1 + random(10)
      checks[i] = check("c" .. i, status, { weight = 1 + random(5), severity = ({ "major", "minor", "observation" })[1 + random(3)],
        share = status == "fail" and (10 - failed) / 10 or 1, failed = status == "fail" and failed or 0 })
    end
    local _, result = texts(checks)
    local sum, weight, mean, cap, points = 0, 0, nil, 100, nil
    for _, step in ipairs(score.steps(result)) do
      if step.product then sum, weight = sum + step.product, weight + step.weight end
      mean, cap, points = step.mean or mean, step.cap or cap, step.points or points
    end
    t.equal(points, result.score)
    if mean ~= nil then
      t.is_true(math.abs(mean - math.floor(1000 * sum / weight + 1e-6) / 10) < 1e-9)
      if points ~= nil then t.equal(points, math.min(mean, cap) + 0.0) end
    end
  end
end

function tests.what_does_not_apply_has_no_arithmetic(t)
  local list = texts({ check("a", "n_a") }, "not_applicable")
  t.equal(list[#list], "no score: does not apply")
end

-- ---- risks ----

function tests.risks_that_fall_furthest_come_first(t)
  local list = explain_result.risks("A.1", {
    { id = "r1", title = "one", residual = { score = 9, level = "medium" }, explain = { { control = "A.1", text = "works" } }, what_if = {} },
    { id = "r2", title = "two", residual = { score = 9, level = "medium" }, explain = {}, what_if = { { control = "A.1", score = 4, level = "low", fall = 5 } } },
    { id = "r3", title = "three", residual = { score = 20, level = "high" }, explain = { { control = "A.2", text = "x" } }, what_if = {} },
  })
  t.equal(#list, 2)
  t.equal({ list[1].id, list[1].score, list[1].to, list[1].fall }, { "r2", 9, 4, 5 })
  t.equal({ list[2].id, list[2].fall, list[2].texts[1] }, { "r1", 0, "works" })
end

-- ---- JSON and comments ----

function tests.json(t)
  t.equal(json.encode({ b = 1, a = { 1.5, true, "x\n\"\27<é\u{202E}" }, c = engine.list {}, d = {} }, { "c" }),
    '{\n  "c": [],\n  "a": [\n    1.5,\n    true,\n    "x\\n\\"\\u001B\\u003Cé\\u202E"\n  ],\n  "b": 1,\n  "d": {}\n}\n')
  t.equal(json.encode("\u{1F600}"), '"\u{1F600}"\n')
  t.equal(json.encode(5.0), "5\n")
end

function tests.doc_comments(t)
  local found = doc_comments.read("--- What it does. And more.\n---@param a string of it\n---@vararg any others\n---@return boolean ok\nfunction x.one(a, ...)\nend\n"
    .. "x.two = x.one\nfunction x.bare() end\n")
  t.equal(found.one.call, "one(a, …)")
  t.equal(found.one.brief, "What it does")
  t.equal(found.one.params, { { name = "a", type = "string", text = "of it" }, { name = "…", type = "any", text = "others" } })
  t.equal(found.two.call, "two(a, …)")
  t.equal(found.bare.brief, "")
end

function tests.every_block_and_condition_is_described(t)
  local about = require("checks_all").about
  local blocks, made = doc_comments.of_files("^checks_[%w_]+%.lua$"), doc_comments.of_files("^conditions_[%w_]+%.lua$")
  for _, name in ipairs(about.names) do t.is_true(blocks[name] ~= nil and blocks[name].brief ~= "", name) end
  for name in pairs(conditions.make) do t.is_true(made[name] ~= nil and made[name].brief ~= "", name) end
end

return tests
