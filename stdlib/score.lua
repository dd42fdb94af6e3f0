-- From the results of checks to the result of a requirement: status, score, credit, reason, and the candidate
-- grade of each finding. Pure but for one look into the SoA; judges no record.
--
-- Score: 100 x weighted mean of the checks that could be judged, then gates, because a mean lets five easy checks
-- hide a broken one. A check that passes counts 1, also where `at_least` tolerates some failures; one that fails counts
-- its passed share. What does not apply or lacks evidence is left out of the mean.

local catalog = require "catalog"

local score = {}

local ORDER = { "id", "kind", "theme", "title", "status", "score", "credit", "reason", "design", "operation", "selected",
  "rule", "params", "checks" }
local CHECK_ORDER = { "name", "question", "tests", "severity", "weight", "status", "reason", "population", "tested", "failed",
  "excepted", "share", "remedy", "dropped", "findings" }
local FINDING_ORDER = { "key", "kind", "document", "line", "message", "grade", "values", "remedy", "excepted_by", "overdue" }

--- Grades from worst to mildest. All are candidates: to classify is for a human.
score.GRADES = { "major_nc", "minor_nc", "observation", "ofi" }
score.STATUSES = { "effective", "partially_effective", "ineffective", "insufficient_evidence", "exception", "not_applicable",
  "not_evaluated", "error" }

local RANK = { major_nc = 4, minor_nc = 3, observation = 2, ofi = 1 }

--- How bad a grade is: 4 for major_nc down to 1 for ofi, 0 for none.
---@param grade string|nil
---@return integer
function score.rank(grade)
  return grade and RANK[grade] or 0
end

local function plural(n, one, many)
  return ("%d %s"):format(n, n == 1 and one or many)
end

local function number(x)
  return x == math.floor(x) and ("%d"):format(x) or ("%.1f"):format(x)
end

-- Down to one decimal: rounding never lifts a score over a border.
local function cut(x)
  return math.floor(x * 10 + 1e-6) / 10
end

local function excused(check)
  local failed = check.failed or 0
  return check.status == "fail" and failed > 0 and (check.excepted or 0) >= failed
end

--- Passed share of a check that was judged, 0 to 1.
local function share_of(check)
  if check.status == "pass" then return 1 end
  local share = check.share
  if type(share) ~= "number" or share ~= share then return 0 end
  return math.max(0, math.min(1, share))
end

--- Outright: on the whole population, or in the design.
local function outright(check)
  return check.tests == "design" or share_of(check) == 0
end

-- ---- grades ----

--- The grade that a failed check brings, before what speaks for a milder one.
local function base_grade(check, kind, finding)
  if check.severity == "observation" then return "ofi" end
  if check.severity == "minor" then return "observation" end
  -- what a clause asks for is not there at all, as against: it is there and falls short
  local nothing = finding == nil or (finding.document == nil and finding.line == nil)
  if kind == "clause" and share_of(check) == 0 and nothing then return "major_nc" end
  return "minor_nc"
end

local function milder(grade, than)
  return RANK[grade] > RANK[than] and than or grade
end

local function grade_of(check, kind, finding, planned)
  local grade = base_grade(check, kind, finding)
  if finding and type(finding.overdue) == "number" and finding.overdue <= 0.25 then grade = milder(grade, "observation") end
  if planned then grade = milder(grade, "observation") end
  return grade
end

--- The worst grade among the findings of a failed check that no exception covers; nil where there is none.
---@param check table
---@return string|nil
function score.check_grade(check)
  if check.status ~= "fail" or excused(check) then return nil end
  local worst
  for _, finding in ipairs(check.findings or {}) do
    if finding.grade and not finding.excepted_by and score.rank(finding.grade) > score.rank(worst) then worst = finding.grade end
  end
  return worst
end

--- Whether a control is declared as not there yet, with a dated plan that still runs: no nonconformity by itself.
local function planned_in_soa(id)
  local isms = engine.isms and engine.isms()
  if isms == nil then return false end
  engine.needs(nil)
  local row = isms.soa[id]
  if row == nil or not (row.status == "planned" or row.status == "not_implemented") then return false end
  return isms.treatments:any(function(treatment)
    if not (treatment.status == "planned" or treatment.status == "in_progress") then return false end
    if treatment.due_at == nil or treatment.due_at < isms.as_of then return false end
    for _, control in ipairs(treatment.controls or {}) do
      if control == id then return true end
    end
    return false
  end)
end

-- ---- reasons ----

local function names_of(checks)
  local names = {}
  for i, check in ipairs(checks) do
    if i > 3 then
      names[#names + 1] = ("%d more"):format(#checks - 3)
      break
    end
    names[i] = check.name
  end
  if #names == 1 then return names[1] end
  return table.concat(names, ", ", 1, #names - 1) .. " and " .. names[#names]
end

local function how(check)
  local tested = check.tested or 0
  if check.tests == "design" and share_of(check) > 0 then return ("fails in design (%d of %d)"):format(check.failed or 0, tested) end
  if tested <= 1 or (share_of(check) == 0 and (check.failed or 0) <= 1) then return "fails" end
  if share_of(check) == 0 then return ("fails on all %d"):format(tested) end
  return ("fails on %d of %d"):format(check.failed or 0, tested)
end

local function because(check)
  return check.reason and check.reason ~= "" and (": " .. check.reason) or ""
end

-- ---- the requirement ----

local function sort_out(checks)
  local group = { pass = {}, fail = {}, unknown = {}, n_a = {}, error = {} }
  for _, check in ipairs(checks) do
    local list = group[check.status]
    list[#list + 1] = check
  end
  return group
end

local function weight_of(check)
  return type(check.weight) == "number" and check.weight or 1
end

--- Score of the checks that could be judged; nil where none could. Behind it what it was made of: weighted sum, weight, mean, the
--- most that it can be, and the check that sets that.
local function weigh(checks)
  local sum, weight, most, held = 0, 0, 100, nil
  for _, check in ipairs(checks) do
    if check.status == "pass" or check.status == "fail" then
      local w = weight_of(check)
      sum, weight = sum + w * share_of(check), weight + w
      if check.status == "fail" and check.severity == "major" then
        local cap = outright(check) and 39 or 89
        if cap < most then most, held = cap, check end
      end
    end
  end
  if weight == 0 then return nil end
  local mean = cut(100 * sum / weight)
  return math.min(mean, most) + 0.0, sum, weight, mean, most, held
end

local function first(list, test)
  for _, item in ipairs(list) do
    if test(item) then return item end
  end
  return nil
end

local function is_major(check)
  return check.severity == "major"
end

--- Status, score, reason, and the gate that decided; the first that fits does: error, not_applicable, exception of all that
--- fails (unless a major check lacks evidence), ineffective, insufficient_evidence, partially_effective, effective.
local function decide(result)
  local group = sort_out(result.checks)
  if #group.error > 0 then
    local check = group.error[1]
    return "error", nil, ("%s ended in an error%s"):format(check.name, because(check)),
      "a check ended in an error: no score, and never a pass"
  end
  local points = weigh(result.checks)
  local unknown = first(group.unknown, is_major)
  local all_excused = #group.fail > 0 and first(group.fail, function(c) return not excused(c) end) == nil
  if points and not all_excused then
    local broken = first(group.fail, function(c) return is_major(c) and outright(c) end)
    if broken then
      return "ineffective", points, ("%s %s"):format(broken.name, how(broken)),
        ("%s is major and fails %s: ineffective, whatever the others say"):format(broken.name,
          share_of(broken) == 0 and "outright" or "in design")
    end
    if points < 40 then
      return "ineffective", points, ("%s: %s of 100"):format(names_of(group.fail), number(points)), "below 40: ineffective"
    end
  end
  if unknown then
    return "insufficient_evidence", nil, ("%s lacks evidence%s"):format(unknown.name, because(unknown)),
      ("%s is major and lacks evidence: no score"):format(unknown.name)
  end
  if points == nil then
    local check = group.unknown[1]
    local gate = "no check could be judged: no score"
    if check then return "insufficient_evidence", nil, ("%s lacks evidence%s"):format(names_of(group.unknown), because(check)), gate end
    return "insufficient_evidence", nil, "nothing could be judged: no check applies to what is there", gate
  end
  local lacking = #group.unknown > 0 and ("; %s %s evidence"):format(names_of(group.unknown), #group.unknown == 1 and "lacks" or "lack") or ""
  if all_excused then
    local finding = group.fail[1].findings and group.fail[1].findings[1]
    return "exception", points, ("%s %s, covered by exception %s%s"):format(names_of(group.fail), #group.fail == 1 and "fails" or "fail",
      finding and finding.excepted_by or "", lacking), "all that fails is covered by exceptions: the score stands, and is not credited"
  end
  if #group.fail > 0 then
    local status = points >= 90 and "effective" or "partially_effective"
    local worst = first(group.fail, is_major) or group.fail[1]
    local more = #group.fail > 1 and (", and %s"):format(plural(#group.fail - 1, "further check", "further checks")) or ""
    return status, points, ("%s %s%s%s"):format(worst.name, how(worst), more, lacking),
      status == "effective" and "90 or more: effective, with what fails reported" or "40 or more and below 90: partially effective"
  end
  local all = #group.unknown == 0 and #group.n_a == 0
  local said = #group.pass == 1 and (all and "its check passes" or "the one check that could be judged passes")
    or (all and "all %d checks pass" or "the %d checks that could be judged pass"):format(#group.pass)
  return "effective", points, said .. lacking, "nothing fails: effective"
end

-- ---- the arithmetic, told ----

--- A share or a product: as few digits as tell it.
local function figure(x)
  return (("%.4f"):format(x):gsub("%.?0+$", ""))
end

local LEFT_OUT = { unknown = "lacks evidence", n_a = "does not apply", error = "ended in an error" }

local function check_step(check)
  local step = { check = check.name, status = check.status, severity = check.severity }
  if LEFT_OUT[check.status] then
    step.text = "left out: " .. LEFT_OUT[check.status]
    return step
  end
  local weight, share = weight_of(check), share_of(check)
  step.weight, step.share, step.product = weight, share, weight * share
  step.text = ("weight %s x share %s = %s"):format(number(weight), figure(share), figure(weight * share))
  if check.status == "fail" and share_of(check) == 0 then
    step.text = step.text .. ", fails outright"
  elseif check.status == "pass" and (check.failed or 0) > 0 then
    step.text = step.text .. (", passes with %d of %d failed"):format(check.failed, check.tested or 0)
  end
  return step
end

--- How the score and the status of a finished result came about, line by line, by the same arithmetic that made them.
---@param result table what score.requirement gave
---@return table[] steps {text, check, weight, share, product, sum, mean, cap, points, status, credit}: what applies
function score.steps(result)
  local steps = {}
  for i, check in ipairs(result.checks) do steps[i] = check_step(check) end
  local function add(step) steps[#steps + 1] = step end
  if #result.checks == 0 or result.status == "not_applicable" then
    add { status = result.status, credit = result.credit, text = ("no score: %s"):format(result.reason or result.status) }
    return steps
  end
  local points, sum, weight, mean, most, held = weigh(result.checks)
  if points then
    add { sum = sum, weight = weight, mean = mean,
      text = ("mean: 100 x %s / %s = %s, rounded down"):format(figure(sum), number(weight), number(mean)) }
    if held and most < mean then
      add { cap = most, check = held.name, text = ("held at %d: %s is major and fails%s"):format(most, held.name,
        not outright(held) and "" or share_of(held) == 0 and " outright" or " in design") }
    end
  end
  local status, score_of, _, gate = decide(result)
  add { points = score_of, status = status, text = gate }
  add { credit = score.credit(status, score_of),
    text = ("credited to risks: %s"):format(figure(score.credit(status, score_of))) }
  return steps
end

--- pass, fail, unknown or not_tested: how the checks of design, or of operation, came out.
local function side(checks, which)
  local seen = {}
  for _, check in ipairs(checks) do
    if check.tests == which then seen[check.status] = true end
  end
  if seen.fail then return "fail" end
  if seen.unknown or seen.error then return "unknown" end
  return seen.pass and "pass" or "not_tested"
end

--- What the risk model credits: 1, score/100 or 0 (domain: effective, partially effective, all else).
---@param status string
---@param points number|nil
---@return number
function score.credit(status, points)
  if status == "effective" then return 1 end
  if status == "partially_effective" then return (points or 0) / 100 end
  return 0
end

local function finish(result)
  local entry = catalog.entry(result.id) or {}
  result.kind = result.kind or entry.kind or "control"
  result.theme = result.theme or catalog.theme(result.id)
  result.title = result.title or entry.title or result.id
  result.credit = score.credit(result.status, result.score)
  result.design, result.operation = side(result.checks, "design"), side(result.checks, "operation")
  result.__order = ORDER
  return result
end

--- Completes the result of a requirement whose checks are judged: adds kind, theme, title, status, score, credit,
--- reason, design, operation, and the grade of each finding of a failed check.
---@param result table {id, checks, status and reason where not_applicable or error, params, rule}
---@param context table|nil {planned = boolean}: instead of a look into the SoA and the treatment plan
---@return table result the same table
function score.requirement(result, context)
  result.checks = engine.list(result.checks or {})
  local kind = result.kind or catalog.kind(result.id) or "control"
  local planned
  for _, check in ipairs(result.checks) do
    check.findings = engine.list(check.findings or {})
    check.__order = CHECK_ORDER
    for _, finding in ipairs(check.findings) do
      finding.__order = FINDING_ORDER
      finding.grade = nil
      if check.status == "fail" then
        if planned == nil then
          if context then planned = context.planned == true else planned = kind == "control" and planned_in_soa(result.id) end
        end
        finding.grade = grade_of(check, kind, finding, planned)
      end
    end
  end
  if result.status == "not_applicable" or result.status == "error" then
    result.score = nil
    result.reason = result.reason or (result.status == "error" and "the rule ended in an error" or "does not apply")
  else
    result.status, result.score, result.reason = decide(result)
  end
  return finish(result)
end

--- The result of a requirement that no rule judged.
---@param result table {id, status = "not_evaluated" | "error", reason, selected, rule}
---@return table result the same table
function score.unjudged(result)
  result.checks = engine.list {}
  return finish(result)
end

return score
