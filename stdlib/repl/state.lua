-- What a session knows of the evaluation: requirement results and risks. And what became different when the bundle was read again.

local plain = require "plain"

local state = { results = {}, risks = {}, stored = false }

---@param given table {results, risks, stored = whether they are of an earlier run, whose evidence is not there}
function state.set(given)
  state.results, state.risks, state.stored = given.results or {}, given.risks or {}, given.stored == true
end

--- The result of a requirement, or nil.
function state.result(id)
  for _, result in ipairs(state.results) do
    if result.id == id then return result end
  end
  return nil
end

--- In a few words: how many requirements were judged, and how many checks failed.
---@return string
function state.words()
  local judged, failed = 0, 0
  for _, result in ipairs(state.results) do
    if result.status ~= "not_evaluated" then judged = judged + 1 end
    for _, check in ipairs(result.checks or {}) do failed = failed + (check.status == "fail" and 1 or 0) end
  end
  return ("%s judged, %s failed"):format(plain.count(judged, "requirement"), plain.count(failed, "check"))
end

--- Enough to tell later what has changed.
---@return table {kinds = name → records, results = id → text, risks = id → text}
function state.summary()
  local made = { kinds = {}, results = {}, risks = {} }
  local isms = engine.isms()
  for _, name in ipairs(isms ~= nil and engine.kinds() or {}) do
    if name ~= "organization" and isms[name].supplied then made.kinds[name] = #isms[name] end
  end
  for _, result in ipairs(state.results) do
    local failed = 0
    for _, check in ipairs(result.checks or {}) do failed = failed + (check.status == "fail" and check.failed or 0) end
    made.results[result.id] = { status = result.status, score = result.score, failed = failed }
  end
  for _, risk in ipairs(state.risks.risks or {}) do
    if risk.residual ~= nil then made.risks[risk.id] = { score = risk.residual.score, level = risk.residual.level } end
  end
  return made
end

local function joined(a, b)
  local seen, list = {}, {}
  for _, map in ipairs { a or {}, b or {} } do
    for name in pairs(map) do
      if not seen[name] then list[#list + 1] = name end
      seen[name] = true
    end
  end
  table.sort(list)
  return list
end

local function text_of(value)
  if value == nil then return "not there" end
  if type(value) ~= "table" then return engine.to_text(value) end
  if value.level ~= nil then return ("%s %s"):format(engine.to_text(value.score), value.level) end
  local text = value.status:gsub("_", " ")
  if value.score ~= nil then text = ("%s, %s"):format(text, engine.to_text(value.score)) end
  if (value.failed or 0) > 0 then text = ("%s, %s failed"):format(text, engine.to_text(value.failed)) end
  return text
end

--- What is different from an earlier summary, as rows.
---@param before table as state.summary gave it
---@return table answer
function state.changes(before)
  local now, rows = state.summary(), {}
  for _, part in ipairs { { "kinds", "records of " }, { "results", "" }, { "risks", "risk " } } do
    local old, new = before[part[1]] or {}, now[part[1]]
    for _, name in ipairs(joined(old, new)) do
      local was, is = text_of(old[name]), text_of(new[name])
      if was ~= is then rows[#rows + 1] = { part[2] .. name, was, is } end
    end
  end
  if #rows == 0 then return { text = "nothing has changed\n" } end
  return { columns = { "what", "before", "now" }, rows = rows }
end

return state
