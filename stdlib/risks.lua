-- Residual risk of every risk in the register: links to controls, the model, the scales, what is stated beside what is
-- derived, and what each control would still bring. The arithmetic is the model's (stdlib/risk, or the organisation's own).
--
-- Levels: 1-4 low, 5-9 medium, 10-16 high, 20-25 critical on a 5 x 5 scale. On another scale the upper ends are
-- multiplied by (likelihood_levels * impact_levels) / 25 and rounded down, the first one to no less than 1; `risk.bands`
-- of assay.yaml replaces them.
--
-- Treatment: `avoid` once closed leaves 0; under `share` controls act on the impact only, since somebody else bears
-- it; `retain` is calculated like any other and needs an acceptance. Clauses of the standard lower no risk.

local catalog = require "catalog"
local links = require "risk_links"
local packs = require "packs"

local risks = {}

local BANDS = { { level = "low", upto = 4 }, { level = "medium", upto = 9 }, { level = "high", upto = 16 }, { level = "critical", upto = 25 } }
local DEFAULT_MODEL = "axis_evidence"

local RISK_ORDER = { "id", "title", "owner", "assets", "status", "treatment", "document", "line", "inherent", "residual", "target",
  "stated", "stated_level", "understated", "above_appetite", "above_tolerance", "acceptance", "review_due_at", "model", "explain", "what_if", "error" }
local POINT_ORDER = { "likelihood", "impact", "score", "level", "raw" }
local EXPLAIN_ORDER = { "control", "axis", "strength", "effectiveness", "status", "planned", "factor", "reduction", "raw", "text" }

local function fault(message, help, document)
  engine.diag { code = "E0650", severity = "error", document = document, message = message, help = help }
end

-- ---- the model and its settings ----

--- The models that ship, by name, and the text of the organisation's own one, as `prepare` found them for these settings.
local shipped, own_texts, prepared_for

local function model_names()
  local names = {}
  for name in pairs(shipped) do names[#names + 1] = name end
  return names
end

--- Reads the models, those that ship and the one that the settings name: where risks are derived no file can be opened any more.
function risks.prepare()
  shipped, own_texts, prepared_for = {}, {}, packs.settings()
  for _, name in ipairs(engine.stdlib and engine.files(engine.stdlib .. "/risk") or {}) do
    local stem = name:match("^([%w_]+)%.lua$")
    local ok, made = false, nil
    if stem then ok, made = engine.try(require, "risk." .. stem) end
    if ok and type(made) == "table" and made.model then shipped[stem] = made end
  end
  local wanted = (prepared_for.risk or {}).model
  if wanted and wanted:find("%.lua$") then own_texts[wanted] = { engine.read(wanted) } end
end

--- An organisation's own model: a rule file in a fresh environment that returns a function or {name, params, model}.
local function own(path)
  local text, message = table.unpack(own_texts[path] or {}, 1, 2)
  if text == nil then return nil, message or "cannot be read" end
  local name = path:match("([^/]*)%.lua$") or path
  local chunk, why, line = engine.compile(text, "@" .. name .. ".lua", engine.env {})
  if chunk == nil then return nil, ("line %s: %s"):format(line or "?", why) end
  local ok, made = engine.try(chunk)
  if not ok then return nil, made end
  if type(made) == "function" then made = { model = made } end
  if type(made) ~= "table" or type(made.model) ~= "function" then
    return nil, "the file must return function(risk, links, params), or a table with it as `model`"
  end
  return { name = type(made.name) == "string" and made.name or name, model = made.model, params = type(made.params) == "table" and made.params or {} }
end

local function choose(settings, criteria)
  local wanted = settings.model
  if wanted and wanted:find("%.lua$") then
    local made, why = own(wanted)
    if made then return made end
    fault(("the risk model cannot be loaded: %s"):format(why), nil, wanted)
    return nil
  end
  if wanted then
    local made = shipped[wanted]
    if made then return made end
    local near = engine.suggest(wanted, model_names())
    fault(("there is no risk model `%s`"):format(wanted), near and ("did you mean `%s`?"):format(near)
      or "models: " .. table.concat(model_names(), ", ") .. "; or the path of a Lua file")
    return nil
  end
  local method = criteria and criteria.method
  local made = method and shipped[method]
  if made then return made end
  if method then
    local origin = engine.origin(criteria)
    engine.diag { code = "E0652", severity = "note", document = origin.document, line = origin.line,
      message = ("the method `%s` is no model known here; %s is used"):format(method, DEFAULT_MODEL),
      help = "name a model in risk_criteria.method, or `risk: {model: …}` in assay.yaml" }
  end
  return shipped[DEFAULT_MODEL]
end

local function settle_params(model, given)
  local out, names = {}, {}
  for name, spec in pairs(model.params or {}) do
    names[#names + 1] = name
    out[name] = type(spec) == "table" and spec.default or spec
  end
  table.sort(names)
  local keys = {}
  for name in pairs(given or {}) do keys[#keys + 1] = name end
  table.sort(keys)
  for _, name in ipairs(keys) do
    local value, spec = given[name], (model.params or {})[name]
    if spec == nil then
      local near = engine.suggest(name, names)
      fault(("the risk model %s has no param `%s`"):format(model.name, name), near and ("did you mean `%s`?"):format(near)
        or "its params: " .. table.concat(names, ", "))
    elseif type(spec) == "table" and type(spec.default) == "number"
      and (type(value) ~= "number" or value < (spec.min or -math.huge) or value > (spec.max or math.huge)) then
      fault(("the param `%s` of the risk model cannot be %s"):format(name, tostring(value)),
        spec.min and ("it lies from %s to %s"):format(tostring(spec.min), tostring(spec.max)) or nil)
    else
      out[name] = value
    end
  end
  return out
end

local function settle_bands(given, highest)
  local out = {}
  if given and next(given) ~= nil then
    for level, upto in pairs(given) do out[#out + 1] = { level = level, upto = upto } end
    table.sort(out, function(a, b)
      if a.upto ~= b.upto then return a.upto < b.upto end
      return a.level < b.level
    end)
    return out
  end
  for i, band in ipairs(BANDS) do out[i] = { level = band.level, upto = math.max(1, math.floor(band.upto * highest / 25 + 1e-9)) } end
  return out
end

local function levels(value)
  if math.type(value) == "integer" and value >= 2 and value <= 100 then return value end
  return 5
end

local function settle_criteria(isms)
  local settings = packs.settings().risk or {}
  local record = isms.risk_criteria:first()
  local out = { likelihood_levels = levels(record and record.likelihood_levels), impact_levels = levels(record and record.impact_levels) }
  out.__order = { "model", "method", "likelihood_levels", "impact_levels", "appetite", "tolerance", "bands", "params" }
  if record then
    out.method, out.appetite, out.tolerance = record.method, record.appetite, record.tolerance
  end
  out.bands = settle_bands(settings.bands, out.likelihood_levels * out.impact_levels)
  local model = choose(settings, record)
  out.model = model and model.name or settings.model
  out.params = model and settle_params(model, settings.params) or {}
  return out, model
end

local function level_of(criteria, score)
  if score <= 0 then return "none", 0 end
  for i, band in ipairs(criteria.bands) do
    if score <= band.upto then return band.level, i end
  end
  return criteria.bands[#criteria.bands].level, #criteria.bands
end

-- ---- one risk ----

local function is_number(x)
  return type(x) == "number" and x == x and x ~= math.huge and x ~= -math.huge
end

local function plain_links(list)
  local out = {}
  for i, link in ipairs(list) do
    out[i] = { control = link.control, axis = link.axis, strength = link.strength, effectiveness = link.effectiveness, status = link.status }
  end
  return out
end

--- Calls the model on copies, and trusts nothing of what it returns. `brief`: the point is enough.
---@return table|nil point, table|string explain or what is wrong
local function calculate(context, inherent, list, brief)
  local params = {}
  for name, value in pairs(context.criteria.params) do params[name] = value end
  params.bands = {}
  for i, band in ipairs(context.criteria.bands) do params.bands[i] = { level = band.level, upto = band.upto } end
  local risk = { id = inherent.id, likelihood = inherent.likelihood, impact = inherent.impact, treatment = inherent.treatment,
    likelihood_levels = context.criteria.likelihood_levels, impact_levels = context.criteria.impact_levels }
  local ok, made = engine.try(context.model.model, risk, plain_links(list), params)
  if not ok then return nil, ("the risk model failed: %s"):format(made) end
  if type(made) ~= "table" then return nil, "the risk model returned no table" end
  for _, name in ipairs { "likelihood", "impact", "score", "raw" } do
    if not is_number(made[name]) then return nil, ("the risk model returned no number as `%s`"):format(name) end
  end
  local explain = {}
  for _, line in ipairs(not brief and type(made.explain) == "table" and made.explain or {}) do
    local entry = { __order = EXPLAIN_ORDER }
    if type(line) == "table" then
      for _, name in ipairs(EXPLAIN_ORDER) do
        local value = line[name]
        if type(value) == "string" or type(value) == "boolean" or is_number(value) then entry[name] = value end
      end
    end
    entry.text = entry.text or tostring(line)
    explain[#explain + 1] = entry
  end
  local level = type(made.level) == "string" and made.level or level_of(context.criteria, made.score)
  return { likelihood = made.likelihood, impact = made.impact, score = made.score, level = level, raw = made.raw, __order = POINT_ORDER }, explain
end

local function note(link, text)
  return { control = link.control, axis = link.axis, strength = link.strength, status = link.status, planned = link.planned or nil, text = text,
    __order = EXPLAIN_ORDER }
end

--- Links as the model is to see them now, and as they will be: with what counts for nothing, and why, set aside.
local function weigh(context, list, treatment)
  local now, later, aside = {}, {}, {}
  for _, link in ipairs(list) do
    local result = context.results[link.control]
    local mine = { control = link.control, axis = link.axis, strength = link.strength, planned = link.planned,
      status = result and result.status or "not_evaluated", effectiveness = result and result.credit or 0 }
    local kind = catalog.kind(link.control)
    if kind ~= "control" then
      mine.effectiveness, mine.status = 0, "not_evaluated"
      aside[#aside + 1] = note(mine, kind == "clause" and ("%s is a clause: it lowers no risk by itself"):format(link.control)
        or ("%s is no control of the catalogue: it counts for nothing"):format(link.control))
    elseif mine.status == "not_applicable" then
      aside[#aside + 1] = note(mine, ("%s is not applicable: left out"):format(link.control))
    elseif treatment == "share" and link.axis == "likelihood" then
      aside[#aside + 1] = note(mine, ("%s acts on the likelihood: left out, since a shared risk is lowered in its impact only"):format(link.control))
    else
      if treatment == "share" then mine.axis = "impact" end
      if link.planned then
        aside[#aside + 1] = note(mine, ("%s is planned: it counts for the target only"):format(link.control))
        later[#later + 1] = { control = mine.control, axis = mine.axis, strength = mine.strength, status = "effective", effectiveness = 1 }
      else
        now[#now + 1], later[#later + 1] = mine, mine
      end
    end
  end
  return now, later, aside
end

--- What the score would be if a control were effective: what tells which gap to close first.
local function what_if(context, inherent, now, residual)
  local out, done = engine.list {}, {}
  for _, link in ipairs(now) do
    if link.effectiveness < 1 and not done[link.control] then
      done[link.control] = true
      local changed = {}
      for i, other in ipairs(now) do
        changed[i] = other.control ~= link.control and other
          or { control = other.control, axis = other.axis, strength = other.strength, status = "effective", effectiveness = 1 }
      end
      local point = calculate(context, inherent, changed, true)
      if point then
        out[#out + 1] = { control = link.control, score = point.score, level = point.level, raw = point.raw, fall = residual.score - point.score,
          __order = { "control", "score", "level", "raw", "fall" } }
      end
    end
  end
  return out
end

local function acceptance_of(risk, isms, required)
  local state = "none"
  if risk.accepted_by_id and risk.accepted_at then
    state = "valid"
    if risk.accepted_at > isms.as_of then state = "ahead" end
    if risk.acceptance_expires_at and risk.acceptance_expires_at < isms.as_of then state = "expired" end
  end
  return { required = required, state = state, by = risk.accepted_by_id, at = risk.accepted_at, expires_at = risk.acceptance_expires_at,
    __order = { "required", "state", "by", "at", "expires_at" } }
end

local function outside(value, most)
  return math.type(value) ~= "integer" or value < 1 or value > most
end

local function settle_risk(context, risk)
  local criteria, origin = context.criteria, engine.origin(risk)
  local out = { id = risk.id, title = risk.title, owner = risk.owner_id, status = risk.status, treatment = risk.treatment,
    document = origin.document, line = origin.line, stated = risk.stated_residual, review_due_at = risk.review_due_at,
    understated = false, model = criteria.model, explain = engine.list {}, what_if = engine.list {}, __order = RISK_ORDER }
  if risk.asset_ids then
    out.assets = engine.list {}
    for i, id in ipairs(risk.asset_ids) do out.assets[i] = id end
  end
  local inherent = { id = risk.id, likelihood = risk.likelihood, impact = risk.impact, treatment = risk.treatment }
  local score = risk.likelihood * risk.impact
  out.inherent = { likelihood = risk.likelihood, impact = risk.impact, score = score, level = level_of(criteria, score), __order = POINT_ORDER }
  local open = risk.status ~= "closed"
  if outside(risk.likelihood, criteria.likelihood_levels) then
    out.error = ("likelihood %s lies outside 1 to %d"):format(engine.to_text(risk.likelihood), criteria.likelihood_levels)
  elseif outside(risk.impact, criteria.impact_levels) then
    out.error = ("impact %s lies outside 1 to %d"):format(engine.to_text(risk.impact), criteria.impact_levels)
  elseif context.model == nil then
    out.error = "the risk model cannot be used"
  elseif not open and risk.treatment == "avoid" then
    out.residual = { likelihood = 0, impact = 0, score = 0, level = "none", raw = 0, __order = POINT_ORDER }
    out.target = { likelihood = 0, impact = 0, score = 0, level = "none", raw = 0, __order = POINT_ORDER }
    out.explain[1] = { text = "the risk is avoided and closed: nothing is left of it", axis = "both", __order = EXPLAIN_ORDER }
  else
    local now, later, aside = weigh(context, context.links[risk.id] or {}, risk.treatment)
    local residual, explain = calculate(context, inherent, now)
    if residual == nil then
      out.error = explain
    else
      out.residual = residual
      for _, line in ipairs(aside) do out.explain[#out.explain + 1] = line end
      for _, line in ipairs(explain) do out.explain[#out.explain + 1] = line end
      out.target = calculate(context, inherent, later)
      out.what_if = what_if(context, inherent, now, residual)
    end
  end
  local residual = out.residual
  if out.stated then
    local place
    out.stated_level, place = level_of(criteria, out.stated)
    if residual and open then
      local _, derived = level_of(criteria, residual.score)
      out.understated = place < derived
    end
  end
  if residual and criteria.appetite then out.above_appetite = open and residual.score > criteria.appetite end
  if residual and criteria.tolerance then out.above_tolerance = open and residual.score > criteria.tolerance end
  out.acceptance = acceptance_of(risk, context.isms, open and (risk.treatment == "retain" or out.above_appetite == true))
  return out
end

--- By id, whether it comes as a list of results or as a map.
local function by_id(results)
  local out = {}
  for key, result in pairs(results or {}) do out[type(key) == "string" and key or result.id] = result end
  return out
end

--- Residual risk of every risk of the bundle. A model that fails leaves a risk with an error, never a run without it.
---@param argument table {results = results of the controls, as a list or by id: {status, credit}}
---@return table {model, criteria, risks}
function risks.derive(argument)
  engine.needs(nil)
  if prepared_for ~= packs.settings() then risks.prepare() end
  local isms = engine.isms()
  local criteria, model = settle_criteria(isms)
  local context = { isms = isms, criteria = criteria, model = model, results = by_id(argument.results),
    links = links.collect(isms, type(criteria.params.strength) == "number" and criteria.params.strength or 0.5) }
  local out = engine.list {}
  for risk in isms.risks:each() do out[#out + 1] = settle_risk(context, risk) end
  return { model = criteria.model, criteria = criteria, risks = out, __order = { "model", "criteria", "risks" } }
end

return risks
