-- Why a requirement came out as it did, as plain data: what became of each check, how the score was worked out, and which risks it
-- moves. Takes finished results; judges nothing itself.

local score = require "score"

local explain_result = {}

local FINDING = { "key", "kind", "document", "line", "message", "grade", "values", "excepted_by", "overdue" }

local function findings_of(check, limit)
  local list, shown = engine.list {}, math.min(#check.findings, limit)
  for i = 1, shown do
    local finding = {}
    for _, name in ipairs(FINDING) do finding[name] = check.findings[i][name] end
    list[i] = finding
  end
  return list, #check.findings - shown
end

--- What became of a check.
---@param check table of a requirement's result
---@param limit integer most findings that are given
---@return table
function explain_result.check(check, limit)
  local findings, more = findings_of(check, limit)
  return {
    status = check.status, reason = check.reason, population = check.population, tested = check.tested, failed = check.failed,
    excepted = check.excepted, share = check.share, findings = findings, more = more > 0 and more or nil, dropped = check.dropped,
  }
end

--- Status, score and how it was worked out.
---@param result table
---@return table
function explain_result.verdict(result)
  return {
    status = result.status, score = result.score, reason = result.reason, credit = result.credit, design = result.design,
    operation = result.operation, steps = engine.list(score.steps(result)),
  }
end

local function link_of(risk, id)
  local texts, planned = {}, nil
  for _, line in ipairs(risk.explain or {}) do
    if line.control == id then
      texts[#texts + 1] = line.text
      planned = line.planned
    end
  end
  return texts, planned
end

local function change_of(risk, id)
  for _, change in ipairs(risk.what_if or {}) do
    if change.control == id then return change end
  end
  return nil
end

--- The risks on which a control acts, those that would fall furthest first.
---@param id string
---@param risks table[] as risks.derive gives them
---@return table[] list of {id, title, status, score, level, to, to_level, fall, planned, texts}
function explain_result.risks(id, risks)
  local list = engine.list {}
  for _, risk in ipairs(risks or {}) do
    local texts, planned = link_of(risk, id)
    local change = change_of(risk, id)
    if #texts > 0 or change ~= nil then
      local now = risk.residual or {}
      list[#list + 1] = {
        id = risk.id, title = risk.title, status = risk.status, document = risk.document, line = risk.line,
        inherent = risk.inherent and risk.inherent.score, inherent_level = risk.inherent and risk.inherent.level, score = now.score, level = now.level,
        to = change and change.score or nil, to_level = change and change.level or nil, fall = change and change.fall or 0,
        planned = planned, texts = engine.list(texts), error = risk.error,
      }
    end
  end
  table.sort(list, function(a, b)
    if a.fall ~= b.fall then return a.fall > b.fall end
    if (a.score or 0) ~= (b.score or 0) then return (a.score or 0) > (b.score or 0) end
    return a.id < b.id
  end)
  return list
end

return explain_result
