-- Status, score, credit and grades of a requirement from the results of its checks.

local catalog = require "catalog"
local score = require "score"

local CASES = 400

local function generator(seed)
  local state = seed
  return function(n)
    state = (state * 1103515245 + 12345) % 2147483648
    return math.floor(state / 2147483648 * n) + 1
  end
end

local function check(name, status, more)
  local out = { name = name, question = "?", tests = "operation", severity = "major", weight = 1, status = status, population = 10, tested = 10,
    failed = status == "fail" and 10 or 0, share = status == "fail" and 0 or 1, findings = {} }
  for key, value in pairs(more or {}) do out[key] = value end
  if status == "fail" and #out.findings == 0 then
    for i = 1, math.min(out.failed, 3) do
      out.findings[i] = { key = "k" .. i, kind = "accounts", document = "a.csv", line = i + 1, message = "m" }
    end
  end
  return out
end

local function judge(checks, context, id)
  catalog.set { { id = "6.1.2", kind = "clause", title = "Risk assessment" },
    { id = "A.5.18", kind = "control", theme = "organizational", title = "Access rights" } }
  return score.requirement({ id = id or "A.5.18", checks = checks }, context or {})
end

local tests = {}

function tests.all_pass(t)
  local result = judge { check("a", "pass"), check("b", "pass", { tests = "design" }) }
  t.equal(result.status, "effective")
  t.equal(result.score, 100)
  t.equal(result.credit, 1)
  t.equal(result.reason, "all 2 checks pass")
  t.equal(result.design, "pass")
  t.equal(result.operation, "pass")
  t.equal(result.theme, "organizational")
  t.equal(result.title, "Access rights")
end

function tests.mean_is_weighted_and_counts_the_passed_share(t)
  local result = judge { check("a", "pass", { weight = 3 }), check("b", "fail", { severity = "minor", share = 0.5, failed = 5, weight = 1 }) }
  t.equal(result.score, 87.5)
  t.equal(result.status, "partially_effective")
  t.equal(result.credit, 0.875)
end

function tests.what_does_not_apply_or_lacks_evidence_is_left_out_of_the_mean(t)
  local result = judge { check("a", "pass"), check("b", "n_a"), check("c", "unknown", { severity = "minor" }) }
  t.equal(result.score, 100)
  t.equal(result.status, "effective")
  t.is_true(result.reason:find("c lacks evidence", 1, true) ~= nil)
end

function tests.a_tolerated_failure_costs_nothing(t)
  local result = judge { check("a", "pass", { failed = 1, share = 0.9 }) }
  t.equal(result.score, 100)
end

function tests.five_easy_checks_do_not_hide_a_broken_one(t)
  local checks = { check("broken", "fail", { weight = 1 }) }
  for i = 1, 5 do checks[i + 1] = check("easy" .. i, "pass", { weight = 5 }) end
  local result = judge(checks)
  t.equal(result.status, "ineffective")
  t.equal(result.score, 39)
  t.equal(result.credit, 0)
end

function tests.a_design_failure_is_outright_on_part_as_well(t)
  local result = judge { check("a", "pass", { weight = 5 }), check("b", "fail", { tests = "design", share = 0.9, failed = 1 }) }
  t.equal(result.status, "ineffective")
  t.equal(result.score, 39)
end

function tests.a_major_check_failing_on_part_stops_at_89(t)
  local result = judge { check("a", "pass", { weight = 5 }), check("b", "fail", { share = 0.99, failed = 1, tested = 100 }) }
  t.equal(result.score, 89)
  t.equal(result.status, "partially_effective")
  t.equal(result.reason, "b fails on 1 of 100")
end

function tests.below_40_is_ineffective(t)
  local result = judge { check("a", "fail", { severity = "minor", share = 0.2, failed = 8 }) }
  t.equal(result.score, 20)
  t.equal(result.status, "ineffective")
end

function tests.a_major_check_without_evidence_decides_nothing(t)
  local result = judge { check("a", "pass"), check("b", "unknown", { reason = "access_reviews are not supplied" }) }
  t.equal(result.status, "insufficient_evidence")
  t.equal(result.score, nil)
  t.equal(result.credit, 0)
  t.equal(result.reason, "b lacks evidence: access_reviews are not supplied")
end

function tests.a_broken_major_check_outweighs_a_missing_one(t)
  local result = judge { check("a", "fail"), check("b", "unknown") }
  t.equal(result.status, "ineffective")
end

function tests.nothing_that_could_be_judged(t)
  t.equal(judge({}).status, "insufficient_evidence")
  t.equal(judge({ check("a", "n_a") }).status, "insufficient_evidence")
  t.equal(judge({ check("a", "unknown", { severity = "minor" }) }).status, "insufficient_evidence")
end

function tests.an_error_is_never_a_pass(t)
  local result = judge { check("a", "pass"), check("b", "error", { reason = "rule.lua:3: boom" }), check("c", "fail") }
  t.equal(result.status, "error")
  t.equal(result.score, nil)
  t.equal(result.reason, "b ended in an error: rule.lua:3: boom")
end

function tests.not_applicable_stays(t)
  local result = score.requirement({ id = "A.5.18", status = "not_applicable", reason = "excluded in the SoA", checks = { check("a", "n_a") } }, {})
  t.equal(result.status, "not_applicable")
  t.equal(result.reason, "excluded in the SoA")
  t.equal(result.credit, 0)
end

function tests.exception_where_all_that_fails_is_excused(t)
  local findings = { { key = "k1", message = "m", excepted_by = "EX-1" } }
  local result = judge { check("a", "pass"), check("b", "fail", { share = 0.9, failed = 1, excepted = 1, findings = findings }) }
  t.equal(result.status, "exception")
  t.equal(result.score, 89)
  t.equal(result.credit, 0)
  t.is_true(result.reason:find("EX-1", 1, true) ~= nil)
end

function tests.an_exception_excuses_an_outright_failure_too(t)
  local findings = { { message = "m", excepted_by = "EX-1" } }
  local result = judge { check("b", "fail", { failed = 1, tested = 1, excepted = 1, findings = findings }) }
  t.equal(result.status, "exception")
  t.equal(result.score, 0)
end

function tests.a_partial_exception_changes_no_status(t)
  local findings = { { key = "k1", message = "m", excepted_by = "EX-1" }, { key = "k2", message = "m" } }
  local result = judge { check("a", "pass"), check("b", "fail", { share = 0.8, failed = 2, excepted = 1, findings = findings }) }
  t.equal(result.status, "partially_effective")
  t.equal(score.check_grade(result.checks[2]), "minor_nc")
end

function tests.missing_evidence_outweighs_an_exception(t)
  local findings = { { key = "k1", message = "m", excepted_by = "EX-1" } }
  local result = judge { check("a", "unknown"), check("b", "fail", { share = 0.9, failed = 1, excepted = 1, findings = findings }) }
  t.equal(result.status, "insufficient_evidence")
end

function tests.grades(t)
  local function grade(more, context, id)
    local result = judge({ check("a", "fail", more) }, context, id)
    return result.checks[1].findings[1].grade
  end
  local nothing = { { message = "there is none" } }
  t.equal(grade(), "minor_nc")
  t.equal(grade({ share = 0.9, failed = 1 }), "minor_nc")
  t.equal(grade({ severity = "minor" }), "observation")
  t.equal(grade({ severity = "observation" }), "ofi")
  t.equal(grade({ findings = nothing, population = 0, tested = 0, failed = 1 }, nil, "6.1.2"), "major_nc")
  t.equal(grade({ findings = { { key = "A.5.1", message = "has no row" } } }, nil, "6.1.2"), "major_nc")
  t.equal(grade({ findings = { { key = "A.5.1", message = "has no row" } }, share = 0.9 }, nil, "6.1.2"), "minor_nc")
  t.equal(grade(nil, nil, "6.1.2"), "minor_nc")
  t.equal(grade({ findings = nothing, failed = 1 }), "minor_nc")
  t.equal(grade({ findings = { { key = "k", message = "m", overdue = 0.2 } } }), "observation")
  t.equal(grade({ findings = { { key = "k", message = "m", overdue = 0.3 } } }), "minor_nc")
  t.equal(grade({ severity = "observation", findings = { { key = "k", message = "m", overdue = 0.2 } } }), "ofi")
  t.equal(grade(nil, { planned = true }), "observation")
end

function tests.tolerated_failures_get_no_grade(t)
  local result = judge { check("a", "pass", { failed = 1, share = 0.99, findings = { { key = "k", message = "m" } } }) }
  t.equal(result.checks[1].findings[1].grade, nil)
end

local SEVERITIES = { "major", "minor", "observation" }
local STATUSES = { "pass", "fail", "fail", "unknown", "n_a" }

local function random_checks(upto)
  local checks = {}
  for i = 1, upto(8) do
    local status = STATUSES[upto(5)]
    local share = status == "fail" and (upto(101) - 1) / 101 or 1
    checks[i] = check("c" .. i, status, { severity = SEVERITIES[upto(3)], weight = upto(5), tests = upto(3) == 1 and "design" or "operation",
      share = share, tested = 101, failed = status == "fail" and math.max(1, math.floor(101 * (1 - share) + 0.5)) or 0 })
  end
  return checks
end

function tests.score_and_status_always_agree(t)
  local upto = generator(11)
  for _ = 1, CASES do
    local result = judge(random_checks(upto))
    local points, status = result.score, result.status
    if points then t.is_true(points >= 0 and points <= 100) end
    if status == "effective" then
      t.is_true(points >= 90)
      for _, one in ipairs(result.checks) do t.is_true(not (one.severity == "major" and (one.status == "fail" or one.status == "unknown"))) end
    elseif status == "partially_effective" then
      t.is_true(points >= 40 and points < 90)
    elseif status == "ineffective" then
      t.is_true(points < 40)
    else
      t.equal(status, "insufficient_evidence")
      t.equal(points, nil)
    end
    t.is_true(result.credit >= 0 and result.credit <= 1)
    t.is_true(result.reason ~= "")
  end
end

function tests.mending_a_check_never_lowers_the_credit(t)
  local upto = generator(12)
  for _ = 1, CASES do
    local checks = random_checks(upto)
    local before = judge(checks).credit
    for _, one in ipairs(checks) do
      if one.status == "fail" then
        one.status, one.share, one.failed, one.findings = "pass", 1, 0, {}
        break
      end
    end
    t.is_true(judge(checks).credit >= before)
  end
end

function tests.order_of_checks_is_irrelevant(t)
  local upto = generator(13)
  for _ = 1, CASES do
    local checks = random_checks(upto)
    local a = judge(checks)
    local status, points = a.status, a.score
    local turned = {}
    for i = #checks, 1, -1 do turned[#turned + 1] = checks[i] end
    local b = judge(turned)
    t.equal(b.status, status)
    t.equal(b.score, points)
  end
end

return tests
