-- What a rule tests, as plain data: title and intent, evidence, params with their origins, and each check with its population and its
-- conditions in words. Sees no bundle and judges nothing.

local about = require("checks_all").about
local catalog = require "catalog"
local origins = require "origins"
local packs = require "packs"
local params = require "params"
local phrases = require "phrases"
local rule_parts = require "rule_parts"

local explain_rule = {}

local function sorted(map)
  local keys = {}
  for key in pairs(map or {}) do keys[#keys + 1] = key end
  table.sort(keys)
  return keys
end

--- A stretch of a file: its lines, and what is written there.
local function stretch(part, file)
  if part == nil then return nil end
  return { file = file, line = part.line, last = part.last, code = part.text }
end

local function evidence(rule)
  local list = engine.list {}
  for _, entry in ipairs(rule.needs) do
    local name = entry:gsub("%?$", "")
    local kind = engine.kind(name)
    list[#list + 1] = { kind = name, optional = entry:sub(-1) == "?", title = kind and kind.title or nil }
  end
  return list
end

--- The value of a param as people read it: with its unit.
---@param mine packs.Entry
---@param name string
---@return string
function explain_rule.value(mine, name)
  local spec = mine.rule and mine.rule.params[name] or {}
  local text = mine.texts[name]
  if type(spec.default) == "number" and spec.unit then text = text .. " " .. spec.unit:gsub("^percent", "%%") end
  return text
end

local function limits(mine)
  local list = engine.list {}
  for _, name in ipairs(sorted(mine.texts)) do
    local spec, place = mine.rule.params[name], origins.param(mine, name)
    local typed, default = params.typed(spec, spec.default)
    local changed = place.from == "assay.yaml" or place.from == "--param"
    list[#list + 1] = {
      name = name, value = explain_rule.value(mine, name), meaning = spec.meaning, from = place.from, file = place.file, line = place.line,
      default = changed and typed ~= nil and default or nil,
    }
  end
  return list
end

local function values_of(mine)
  local values = {}
  for _, name in ipairs(sorted(mine.texts)) do values[name] = explain_rule.value(mine, name) end
  return values
end

local function conditions(p, part, file, check)
  local list = engine.list {}
  local key = part ~= nil and (part.keys.holds or part.keys.expect) or nil
  local items = key ~= nil and rule_parts.items(p.source, key) or {}
  for i = 1, #check.conditions do
    -- where a function makes the list, the text has other items than the table
    local item = #items == #check.conditions and items[i] or nil
    if item ~= nil then
      local text, code = phrases.condition(p, item)
      list[i] = { text = text, coded = code or nil, said = phrases.said(p, item), at = stretch(item, file) }
    else
      list[i] = { text = ("condition %d of what `%s` gives"):format(i, check.whole and "holds" or "expect"), coded = true, at = stretch(key, file) }
    end
  end
  return list
end

local function texts(map)
  local list = engine.list {}
  for _, name in ipairs(sorted(map)) do list[#list + 1] = { name = name, text = map[name] } end
  return list
end

local function fresh(mine, check)
  local list = engine.list {}
  for _, kind in ipairs(sorted(check.fresh)) do
    local limit = check.fresh[kind]
    local text = type(limit) == "string" and (mine.texts[limit] and ("%s (%s)"):format(limit, mine.texts[limit]) or limit) or engine.to_text(limit)
    list[#list + 1] = { kind = kind, limit = text }
  end
  return list
end

--- The params that a check names in its text, itself or by the building blocks that it uses.
local function params_of(mine, part, source)
  local list, seen = engine.list {}, {}
  if part == nil then return list end
  local text = source.text:sub(part.at, part.to)
  for _, block in ipairs(about.names) do
    if about.params[block] ~= nil and text:find("%f[%w_]" .. block .. "%f[^%w_]") then
      for _, name in ipairs(about.params[block]) do seen[(name:gsub("%?$", ""))] = true end
    end
  end
  for _, name in ipairs(sorted(mine.texts)) do
    if seen[name] or text:find("%f[%w_]" .. name .. "%f[^%w_]") then list[#list + 1] = name end
  end
  return list
end

local function describe_check(mine, check)
  local place, part, source = origins.check(mine, check.name)
  local p = { source = source, params = values_of(mine) }
  local keys = part ~= nil and part.keys or {}
  local out = {
    name = check.name, question = check.question, tests = check.tests, severity = check.severity, weight = check.weight,
    file = place.file, line = place.line, whole = check.whole, remedy = check.remedy, message = check.message,
    uses = params_of(mine, part, source), fresh = fresh(mine, check), missing = texts(check.missing), messages = texts(check.messages),
    conditions = source ~= nil and conditions(p, part, place.file, check) or engine.list {},
  }
  if check.over ~= nil then
    out.population = stretch(keys.over, place.file) or {}
    out.population.text = type(check.over) == "string" and "every record of " .. check.over
      or keys.over ~= nil and phrases.population(p, keys.over) or "what code picks out"
  end
  out.applies_when = check.applies_when ~= nil and (stretch(keys.applies_when, place.file) or {}) or nil
  local least = check.at_least
  if least ~= nil then
    out.at_least = type(least) == "string" and ("%s (%s)"):format(least, explain_rule.value(mine, least)) or engine.to_text(least) .. " %"
  end
  if type(check.empty) == "function" then out.empty = "code" else out.empty = check.empty or (check.over ~= nil and "not_applicable" or nil) end
  return out
end

--- Everything that can be said about a requirement without evidence.
---@param id string in the catalogue
---@param only string|nil name of the one check to describe
---@return table
function explain_rule.describe(id, only)
  local entry, mine = catalog.entry(id), packs.rule(id)
  local out = { id = id, kind = entry.kind, theme = catalog.theme(id), title = entry.label or entry.title, purpose = entry.purpose,
    checks = engine.list {}, needs = engine.list {}, params = engine.list {} }
  if mine == nil then return out end
  out.rule = { file = origins.file(mine), extensions = origins.extensions(mine), sha256 = mine.sha256 }
  if mine.rule == nil then
    out.broken = mine.broken
    return out
  end
  local rule = mine.rule
  out.intent, out.needs, out.params = rule.intent, evidence(rule), limits(mine)
  if rule.applies_when ~= nil then
    local source = origins.source(mine, origins.file(mine))
    out.applies_when = source ~= nil and stretch(rule_parts.rule(source, id).applies_when, origins.file(mine)) or {}
  end
  for _, check in ipairs(rule.checks) do
    if only == nil or only == check.name then table.insert(out.checks, describe_check(mine, check)) end
  end
  if only ~= nil then
    local used, kept = {}, engine.list {}
    for _, name in ipairs(out.checks[1].uses) do used[name] = true end
    for _, param in ipairs(out.params) do
      if used[param.name] then kept[#kept + 1] = param end
    end
    out.params = kept
  end
  return out
end

return explain_rule
