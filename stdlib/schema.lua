-- Closed schemas for the YAML files that people write (packs, catalogues, configuration): an unknown key,
-- a missing one or a wrong type is a diagnostic with its line and a suggestion. Changes nothing.

local lines = require "lines"

local schema = {}

local WORDS = {
  text = "a text", number = "a number", integer = "a whole number", boolean = "true or false",
  list = "a list", map = "a map", scalar = "a text or a number",
}

local function kind_of(value)
  local kind = type(value)
  if kind ~= "table" then return kind end
  if value[1] ~= nil then return "list" end
  return next(value) == nil and "empty" or "map"
end

local function fits(value, want)
  local kind = kind_of(value)
  if want == "text" then return kind == "string" end
  if want == "scalar" then return kind == "string" or kind == "number" end
  if want == "number" then return kind == "number" and value == value and value ~= math.huge and value ~= -math.huge end
  if want == "integer" then return kind == "number" and math.type(value) == "integer" end
  if want == "boolean" then return kind == "boolean" end
  return kind == want or kind == "empty"
end

local null = engine.null

local function has(list, word)
  for i = 1, #list do
    if list[i] == word then return true end
  end
  return false
end

local fine

local names_of = {} -- names of each table of fields

local function fine_map(map, fields)
  local names, n = names_of[fields], 0
  if names == nil then
    names = {}
    for name in pairs(fields) do names[#names + 1] = name end
    names_of[fields] = names
  end
  for i = 1, #names do
    local name = names[i]
    local value, field = map[name], fields[name]
    if value == nil or value == null then
      if field.required then return false end
    elseif not fine(value, field) then
      return false
    end
    if value ~= nil then n = n + 1 end
  end
  for _ in pairs(map) do n = n - 1 end
  return n == 0
end

--- Whether there is nothing to say about a value: quick, for the many that are right. What is wrong is told by the Checker.
function fine(value, spec)
  local want = spec.type
  if want == "any" then return true end
  if want == nil or spec.test or spec.values or not fits(value, want) then return false end
  if spec.one_of then return has(spec.one_of, value) end
  if want == "map" and spec.fields then return fine_map(value, spec.fields) end
  if want == "list" and spec.items then
    for i = 1, #value do
      if value[i] ~= null and not fine(value[i], spec.items) then return false end
    end
  end
  return true
end

local Checker = {}
Checker.__index = Checker

function Checker:report(parent, key, message, help)
  local line, column
  if self.where and parent then line, column = self.where(parent, key) end
  engine.diag { code = self.code, severity = "error", document = self.document, line = line, column = column,
    message = message, help = help, source = lines.of(self.document, line) }
  self.faults = self.faults + 1
end

function Checker:map(value, spec, path)
  local names = {}
  for name in pairs(spec.fields) do names[#names + 1] = name end
  table.sort(names)
  local keys = {}
  for key in pairs(value) do keys[#keys + 1] = key end
  table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
  for _, key in ipairs(keys) do
    local field = spec.fields[key]
    if field == nil then
      local near = engine.suggest(tostring(key), names)
      self:report(value, key, ("unknown key `%s`%s"):format(tostring(key), path == "" and "" or " in " .. path),
        near and ("did you mean `%s`?"):format(near) or "known keys: " .. table.concat(names, ", "))
    elseif value[key] ~= engine.null and not fine(value[key], field) then
      self:value(value, key, field, path == "" and key or path .. "." .. key)
    end
  end
  for _, name in ipairs(names) do
    if spec.fields[name].required and (value[name] == nil or value[name] == engine.null) then
      self:report(value, nil, ("`%s` is missing%s"):format(name, path == "" and "" or " in " .. path), spec.fields[name].help)
    end
  end
end

function Checker:value(parent, key, spec, path)
  local value = parent[key]
  if spec.type == "any" then return end
  local choices = spec.either or { spec }
  local chosen
  for _, choice in ipairs(choices) do
    if fits(value, choice.type) then
      chosen = choice
      break
    end
  end
  if not chosen then
    local words = {}
    for i, choice in ipairs(choices) do words[i] = WORDS[choice.type] end
    self:report(parent, key, ("`%s` must be %s, not %s"):format(path, table.concat(words, " or "), type(value) == "table" and "a list or map" or ("`%s`"):format(tostring(value))), spec.help)
    return
  end
  if chosen.one_of then
    for _, word in ipairs(chosen.one_of) do
      if word == value then return end
    end
    local near = engine.suggest(tostring(value), chosen.one_of)
    self:report(parent, key, ("`%s` cannot be `%s`"):format(path, tostring(value)),
      near and ("did you mean `%s`?"):format(near) or "one of: " .. table.concat(chosen.one_of, ", "))
  elseif chosen.type == "list" and chosen.items then
    for i, item in ipairs(value) do
      if item ~= engine.null and not fine(item, chosen.items) then self:value(value, i, chosen.items, ("%s[%d]"):format(path, i)) end
    end
  elseif chosen.type == "map" and chosen.fields then
    self:map(value, chosen, path)
  elseif chosen.type == "map" and chosen.values then
    local keys = {}
    for name in pairs(value) do keys[#keys + 1] = name end
    table.sort(keys, function(a, b) return tostring(a) < tostring(b) end)
    for _, name in ipairs(keys) do self:value(value, name, chosen.values, path .. "." .. tostring(name)) end
  elseif chosen.test then
    local message = chosen.test(value)
    if message then self:report(parent, key, ("`%s` %s"):format(path, message), chosen.help) end
  end
end

--- Checks a map against a closed schema.
--- A spec is `{type=, required=, help=, one_of=, items=, fields=, values=, test=, either={specs}}`; type is one of
--- text, scalar, number, integer, boolean, list, map, any. `test(value)` returns what is wrong, or nil.
---@param value any what engine.yaml gave
---@param fields table name to spec
---@param context table {document=, code=, where=}
---@return boolean ok
function schema.check(value, fields, context)
  local checker = setmetatable({ document = context.document, code = context.code, where = context.where, faults = 0 }, Checker)
  if not fits(value, "map") then
    checker:report(nil, nil, "the file must hold a map of keys", nil)
    return false
  end
  checker:map(value, { fields = fields }, "")
  return checker.faults == 0
end

return schema
