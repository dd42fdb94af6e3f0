-- The few numbers of a run, and what to do first. Counts results; judges nothing and changes nothing.
--
--   effectiveness  mean score of the applicable requirements that were tested
--   coverage       share of the applicable requirements that were tested
--   assurance      sum of their scores over 100 x applicable: what is unknown counts 0
-- Not applicable and not selected requirements are in neither number. A clause counts as much as a control.

local catalog = require "catalog"
local score = require "score"

local summary = {}

local TESTED = { effective = true, partially_effective = true, ineffective = true, exception = true }
local THEMES = { "clauses", "organizational", "people", "physical", "technological", "own" }
local ATTRIBUTES = { "control_type", "properties", "concepts", "capabilities", "domains" }
local SEVERITY = { major = 3, minor = 2, observation = 1 }
local NEXT = 10

local GROUP_ORDER = { "total", "applicable", "tested", "effectiveness", "coverage", "assurance", "by_status" }

local function round(x)
  return math.floor(x * 10 + 0.5) / 10
end

-- ---- counts ----

local function new_group()
  return { total = 0, applicable = 0, tested = 0, points = 0, by_status = {} }
end

local function count(group, result)
  group.total = group.total + 1
  group.by_status[result.status] = (group.by_status[result.status] or 0) + 1
  if result.status == "not_applicable" or result.selected == false then return end
  group.applicable = group.applicable + 1
  if TESTED[result.status] and result.score then
    group.tested = group.tested + 1
    group.points = group.points + result.score
  end
end

local function close(group)
  local by_status = { __order = score.STATUSES }
  for status, n in pairs(group.by_status) do by_status[status] = n end
  local out = { total = group.total, applicable = group.applicable, tested = group.tested, by_status = by_status, __order = GROUP_ORDER }
  if group.tested > 0 then out.effectiveness = round(group.points / group.tested) end
  if group.applicable > 0 then
    out.coverage = round(100 * group.tested / group.applicable)
    out.assurance = round(group.points / group.applicable)
  end
  return out
end

local function close_all(groups)
  local out = {}
  for name, group in pairs(groups) do out[name] = close(group) end
  return out
end

local function group_of(groups, name)
  groups[name] = groups[name] or new_group()
  return groups[name]
end

local function count_all(results)
  local whole, themes, attributes = new_group(), {}, {}
  for _, attribute in ipairs(ATTRIBUTES) do attributes[attribute] = {} end
  for _, result in ipairs(results) do
    count(whole, result)
    count(group_of(themes, result.theme or catalog.theme(result.id)), result)
    local entry = catalog.entry(result.id) or {}
    for _, attribute in ipairs(ATTRIBUTES) do
      for _, value in ipairs(entry[attribute] or {}) do count(group_of(attributes[attribute], value), result) end
    end
  end
  return whole, themes, attributes
end

local function count_grades(results)
  local grades = { major_nc = 0, minor_nc = 0, observation = 0, ofi = 0, excepted = 0,
    __order = { "major_nc", "minor_nc", "observation", "ofi", "excepted" } }
  for _, result in ipairs(results) do
    for _, check in ipairs(result.checks or {}) do
      if check.status == "fail" then
        local grade = score.check_grade(check)
        if grade then
          grades[grade] = grades[grade] + 1
        elseif (check.excepted or 0) > 0 then
          grades.excepted = grades.excepted + 1
        end
      end
    end
  end
  return grades
end

local function count_risks(list)
  local out = { total = 0, open = 0, above_appetite = 0, above_tolerance = 0, understated = 0, errors = 0, inherent = 0, residual = 0,
    by_level = {}, __order = { "total", "open", "above_appetite", "above_tolerance", "understated", "errors", "inherent", "residual", "by_level" } }
  for _, risk in ipairs(list) do
    out.total = out.total + 1
    if risk.error then out.errors = out.errors + 1 end
    if risk.status ~= "closed" then
      out.open = out.open + 1
      if risk.above_appetite then out.above_appetite = out.above_appetite + 1 end
      if risk.above_tolerance then out.above_tolerance = out.above_tolerance + 1 end
      if risk.understated then out.understated = out.understated + 1 end
      if risk.residual then
        out.inherent = out.inherent + risk.inherent.score
        out.residual = out.residual + risk.residual.score
        out.by_level[risk.residual.level] = (out.by_level[risk.residual.level] or 0) + 1
      end
    end
  end
  return out
end

-- ---- what to do first ----

--- By control: which open risks would fall, and how far, if it were effective.
local function levers(list)
  local out = {}
  for _, risk in ipairs(list) do
    if risk.status ~= "closed" and risk.residual then
      for _, change in ipairs(risk.what_if or {}) do
        local mine = out[change.control] or { falls = {}, fall = 0 }
        out[change.control] = mine
        mine.falls[#mine.falls + 1] = { risk = risk.id, from = risk.residual.score, to = change.score, __order = { "risk", "from", "to" } }
        mine.fall = mine.fall + change.fall
      end
    end
  end
  for _, mine in pairs(out) do
    table.sort(mine.falls, function(a, b)
      local x, y = a.from - a.to, b.from - b.to
      if x ~= y then return x > y end
      return a.risk < b.risk
    end)
  end
  return out
end

--- How urgent a check is: first its grade, where a major check without evidence stands between a minor nonconformity and an
--- observation; then severity x weight.
local function urgency(check)
  local weight = (SEVERITY[check.severity] or 1) * (check.weight or 1)
  if check.status == "fail" then
    local rank = score.rank(score.check_grade(check))
    return rank >= 3 and rank + 1 or rank, weight
  end
  if check.status == "unknown" then return check.severity == "major" and 3 or 0, weight end
  return -1, weight
end

local function leading(result)
  local best, rank, weight
  for _, check in ipairs(result.checks or {}) do
    local r, w = urgency(check)
    if r >= 0 and (best == nil or r > rank or (r == rank and w > weight)) then best, rank, weight = check, r, w end
  end
  return best, rank or 0, weight or 0
end

local function is_gap(result)
  return result.status == "partially_effective" or result.status == "ineffective" or result.status == "insufficient_evidence"
end

local function first_open(check)
  for _, finding in ipairs(check.findings or {}) do
    if not finding.excepted_by then return finding end
  end
  return nil
end

local NEXT_ORDER = { "id", "title", "status", "grade", "check", "severity", "message", "remedy", "failed", "tested", "document", "line", "risks",
  "fall", "falls" }

local function step_for(result, lever)
  local check, rank, weight = leading(result)
  local step = { id = result.id, title = result.title, status = result.status, message = result.reason, risks = engine.list {},
    falls = engine.list {}, fall = lever and lever.fall or 0, __order = NEXT_ORDER }
  if check then
    step.check, step.severity, step.remedy = check.name, check.severity, check.remedy
    if check.status == "fail" then
      local finding = first_open(check)
      step.grade, step.failed, step.tested = score.check_grade(check), check.failed, check.tested
      if finding then
        step.message, step.document, step.line = finding.message, finding.document, finding.line
        step.remedy = step.remedy or finding.remedy
      end
    else -- a remedy mends what is wrong; what is unknown needs evidence first
      step.remedy = nil
      if check.reason and check.reason ~= "" then step.message = ("lacks evidence: %s"):format(check.reason) end
    end
  end
  for i, fall in ipairs(lever and lever.falls or {}) do
    step.risks[i] = fall.risk
    if fall.to < fall.from then step.falls[#step.falls + 1] = fall end
  end
  return { step = step, rank = rank, weight = weight, risks = #step.risks, fall = step.fall }
end

local function what_next(results, list)
  local lever, steps = levers(list), {}
  for place, result in ipairs(results) do
    if is_gap(result) then
      local one = step_for(result, lever[result.id])
      one.place = place
      steps[#steps + 1] = one
    end
  end
  table.sort(steps, function(a, b)
    if a.rank ~= b.rank then return a.rank > b.rank end
    if a.weight ~= b.weight then return a.weight > b.weight end
    if a.risks ~= b.risks then return a.risks > b.risks end
    if a.fall ~= b.fall then return a.fall > b.fall end
    return a.place < b.place
  end)
  local out = engine.list {}
  for i, one in ipairs(steps) do
    if i > NEXT then break end
    out[i] = one.step
  end
  return out
end

--- The summary of a run.
---@param argument table {results = all requirement results in catalogue order, risks = list, or the answer of risks.derive}
---@return table
function summary.make(argument)
  local results = argument.results or {}
  local list = argument.risks or {}
  list = list.risks or list
  local whole, themes, attributes = count_all(results)
  local total = close(whole)
  local out = { effectiveness = total.effectiveness, coverage = total.coverage or 0, assurance = total.assurance or 0,
    applicable = total.applicable, tested = total.tested, total = total.total, by_status = { __order = score.STATUSES } }
  for _, status in ipairs(score.STATUSES) do out.by_status[status] = whole.by_status[status] or 0 end
  out.by_theme = close_all(themes)
  out.by_theme.__order = THEMES
  out.by_attribute = { __order = ATTRIBUTES }
  for _, attribute in ipairs(ATTRIBUTES) do out.by_attribute[attribute] = close_all(attributes[attribute]) end
  out.grades = count_grades(results)
  out.risks = count_risks(list)
  out.next = what_next(results, list)
  out.__order = { "effectiveness", "coverage", "assurance", "applicable", "tested", "total", "by_status", "by_theme", "by_attribute", "grades",
    "risks", "next" }
  return out
end

return summary
