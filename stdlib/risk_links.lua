-- Which controls act on a risk, how strongly and on which axis: from risks.controls, the rows of risk_controls, the
-- word control_effect, and the types of the controls in the catalogue. Calculates no risk.

local catalog = require "catalog"

local links = {}

local AXES = { "likelihood", "impact", "both" }

--- The axis that the catalogue's control_type stands for: preventive lowers likelihood, detective and corrective lower impact.
---@param id string
---@return string
function links.default_axis(id)
  local entry = catalog.entry(id)
  local before, after = false, false
  for _, kind in ipairs(entry and entry.control_type or {}) do
    if kind == "preventive" then before = true else after = true end
  end
  if before ~= after then return before and "likelihood" or "impact" end
  return "both"
end

--- likelihood, impact or both, however it is spelt; nil for anything else.
local function axis_word(word)
  local folded = word and engine.fold(word)
  for _, axis in ipairs(AXES) do
    if folded == axis then return axis end
  end
  return nil
end

local function warn(record, message, help)
  local origin = engine.origin(record)
  engine.diag { code = "E0653", severity = "warning", document = origin.document, line = origin.line, message = message, help = help }
end

local function strength_of(row)
  local strength = row.strength
  if strength == nil then return nil end
  if strength ~= strength or strength < 0 or strength > 1 then
    warn(row, ("strength %s of %s is not from 0 to 1"):format(engine.to_text(strength), row.control),
      "it is the share of the exposure that the control removes when it works fully; the nearest end counts")
    return strength > 1 and 1 or 0
  end
  return strength
end

local function stronger(a, b, default)
  return (a.strength or default) > (b.strength or default)
end

--- One row per control, axis and stage: a control that is named twice does not count twice. The stronger one stays; a weaker one
--- for both axes keeps the axis that the stronger one leaves.
local function settle(list, default)
  table.sort(list, function(a, b)
    if a.control ~= b.control then return a.control < b.control end
    if a.planned ~= b.planned then return not a.planned end
    if (a.strength or default) ~= (b.strength or default) then return stronger(a, b, default) end
    return a.axis < b.axis
  end)
  local out, taken = {}, {}
  for _, link in ipairs(list) do
    local key = link.control .. (link.planned and "\0planned" or "\0now")
    local had = taken[key] or {}
    taken[key] = had
    local likelihood = link.axis ~= "impact" and not had.likelihood
    local impact = link.axis ~= "likelihood" and not had.impact
    if likelihood or impact then
      had.likelihood, had.impact = had.likelihood or likelihood, had.impact or impact
      link.axis = likelihood and impact and "both" or likelihood and "likelihood" or "impact"
      out[#out + 1] = link
    end
  end
  return out
end

--- The links of each risk.
---@param isms table
---@param default number strength where none is stated
---@return table by risk id: list of {control, axis, strength|nil, planned}
function links.collect(isms, default)
  local rows = {}
  for row in isms.risk_controls:each() do
    local id = row.risk_id
    -- a row of a risk that does not exist was reported when the bundle was read
    if row.risk then
      rows[id] = rows[id] or {}
      rows[id][#rows[id] + 1] = row
    end
  end
  local out = {}
  for risk in isms.risks:each() do
    local list, named = {}, {}
    local effect = axis_word(risk.control_effect)
    if risk.control_effect and effect == nil then
      warn(risk, ("control_effect `%s` is no axis"):format(risk.control_effect), "it is likelihood, impact or both; the types of the controls decide here")
    end
    for _, row in ipairs(rows[risk.id] or {}) do
      list[#list + 1] = { control = row.control, axis = row.axis or effect or links.default_axis(row.control), strength = strength_of(row),
        planned = row.planned == true }
      named[row.control] = true
    end
    for _, control in ipairs(risk.controls or {}) do
      if not named[control] then
        named[control] = true
        list[#list + 1] = { control = control, axis = effect or links.default_axis(control), planned = false }
      end
    end
    out[risk.id] = settle(list, default)
  end
  return out
end

return links
