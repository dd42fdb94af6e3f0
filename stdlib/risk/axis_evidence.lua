-- The default risk model: controls act on likelihood, impact or both, and only as far as their evaluation
-- shows that they work.
--
--   e       effectiveness of a control, 0 to 1
--   w       its strength: the share of the exposure that it removes when it works fully; where the register states none, `strength`
--   R_axis  = min(cap, 1 - product over the controls on that axis of (1 - w * e))
--   x_raw   = 1 + (x_inherent - 1) * (1 - R_axis)          x = likelihood, then impact
--   x_cell  = ceil(x_raw - 1e-9)                           a risk is never rounded down
--   score   = likelihood_cell * impact_cell                raw = likelihood_raw * impact_raw, to two decimals
--
-- So the residual never exceeds the inherent risk, a further or better control never raises it, the order of
-- controls does not matter, and the cap keeps a part of the distance on each axis: paper abolishes no risk.

local TITLE = { likelihood = "likelihood", impact = "impact" }

local function round(x, unit)
  return math.floor(x * unit + 0.5) / unit
end

local function percent(x)
  return ("%d %%"):format(math.floor(x * 100 + 1e-9))
end

local function word(status)
  return (status:gsub("_", " "))
end

--- A fixed order, so that the product of floats comes out the same to the last bit.
local function sorted(links)
  local out = {}
  for i, link in ipairs(links) do out[i] = link end
  table.sort(out, function(a, b)
    if a.control ~= b.control then return a.control < b.control end
    if a.axis ~= b.axis then return a.axis < b.axis end
    if a.strength ~= b.strength then return (a.strength or -1) < (b.strength or -1) end
    return a.effectiveness < b.effectiveness
  end)
  return out
end

local function factor_of(link, params)
  local strength = math.max(0, math.min(1, link.strength or params.strength))
  return strength, 1 - strength * math.max(0, math.min(1, link.effectiveness))
end

local function explain_link(link, params)
  local strength, factor = factor_of(link, params)
  local axis = link.axis == "both" and "likelihood and impact" or TITLE[link.axis]
  local text
  if link.effectiveness > 0 then
    text = ("%s is %s (%s): strength %.2f x %.2f leaves %.2f of the %s"):format(link.control, word(link.status), percent(link.effectiveness),
      strength, link.effectiveness, factor, axis)
  else
    text = ("%s counts for nothing: %s"):format(link.control, word(link.status))
  end
  return { control = link.control, axis = link.axis, strength = strength, effectiveness = link.effectiveness, status = link.status,
    factor = round(factor, 10000), text = text }
end

local function lower(axis, inherent, links, params)
  local left = 1
  for _, link in ipairs(links) do
    if link.axis == axis or link.axis == "both" then
      local _, factor = factor_of(link, params)
      left = left * factor
    end
  end
  local reduction = math.min(params.cap, 1 - left)
  local raw = 1 + (inherent - 1) * (1 - reduction)
  local cell = math.ceil(raw - 1e-9)
  local text
  if reduction == 0 then
    text = ("%s stays at %d"):format(TITLE[axis], inherent)
  else
    text = ("%s %d becomes %d: 1 + %d x (1 - %.3f) = %.2f%s"):format(TITLE[axis], inherent, cell, inherent - 1, reduction, raw,
      1 - left > params.cap and (", the reduction of %.3f held at the cap"):format(1 - left) or "")
  end
  return raw, cell, { axis = axis, reduction = round(reduction, 10000), raw = round(raw, 100), text = text }
end

local function level(bands, score)
  for _, band in ipairs(bands or {}) do
    if score <= band.upto then return band.level end
  end
  return nil
end

--- Residual risk from the inherent one and the controls. Formulas and defaults (strength 0.50, cap 0.80): head of this file.
---@param risk table {likelihood, impact}
---@param links table[] {control, axis = "likelihood"|"impact"|"both", strength|nil, effectiveness, status}
---@param params table {strength, cap, bands = {{level, upto}}|nil}
---@return table {likelihood, impact, score, raw, level|nil, explain}
local function model(risk, links, params)
  local ordered, explain = sorted(links), {}
  for i, link in ipairs(ordered) do explain[i] = explain_link(link, params) end
  local likelihood_raw, likelihood, first = lower("likelihood", risk.likelihood, ordered, params)
  local impact_raw, impact, second = lower("impact", risk.impact, ordered, params)
  explain[#explain + 1], explain[#explain + 2] = first, second
  local score = likelihood * impact
  return { likelihood = likelihood, impact = impact, score = score, raw = round(likelihood_raw * impact_raw, 100),
    level = level(params.bands, score), explain = explain }
end

return {
  name = "axis_evidence",
  title = "Controls lower likelihood or impact as far as evidence shows that they work",
  params = {
    strength = { default = 0.50, min = 0, max = 1, meaning = "strength of a control for which the register states none" },
    cap = { default = 0.80, min = 0, max = 1, meaning = "most that all controls together remove of one axis" },
  },
  model = model,
}
