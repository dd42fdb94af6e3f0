-- The params of rules: how their defaults are written, and how a value that tailoring gives is typed.
-- A param without a unit is a duration; one with a unit has the type of its default.

local params = {}

---@alias param_spec {default: any, unit: string|nil, meaning: string}

--- The type of a param: "duration", "number", "boolean", "text" or "list".
---@param spec param_spec
---@return string
function params.type(spec)
  if spec.unit == nil then return "duration" end
  local kind = type(spec.default)
  if kind == "table" then return "list" end
  if kind == "string" then return "text" end
  return kind
end

local function trim(text)
  return (text:gsub("^%s+", ""):gsub("%s+$", ""))
end

local readers = {}

function readers.duration(raw)
  local value = type(raw) == "string" and engine.duration(trim(raw)) or nil
  if value == nil and engine.is(raw) == "duration" then value = raw end
  if value == nil then return nil, "is no duration: write a number and a unit, such as 4 h or 30 d" end
  if value.seconds < 0 then return nil, "must not be negative" end
  return value
end

function readers.number(raw, spec)
  local value = raw
  if type(raw) == "string" then
    local text = trim(raw)
    value = text:match("^[+-]?%d+%.?%d*$") and tonumber(text) or nil
  end
  if type(value) ~= "number" or value ~= value then return nil, "is no number" end
  if spec.unit:match("^percent") and (value < 0 or value > 100) then return nil, "is no percentage from 0 to 100" end
  return value
end

function readers.boolean(raw)
  if type(raw) == "boolean" then return raw end
  local text = type(raw) == "string" and trim(raw):lower() or ""
  if text == "true" or text == "yes" then return true end
  if text == "false" or text == "no" then return false end
  return nil, "is neither true nor false"
end

function readers.text(raw)
  if type(raw) == "string" and trim(raw) ~= "" then return trim(raw) end
  if type(raw) == "number" then return engine.to_text(raw) end
  return nil, "is no text"
end

function readers.list(raw)
  local items = {}
  if type(raw) == "string" then
    for item in raw:gmatch("[^,;]+") do
      if trim(item) ~= "" then items[#items + 1] = trim(item) end
    end
    return items
  end
  if type(raw) ~= "table" or not engine.try(next, raw) then return nil, "is no list" end
  local n = 0
  for _ in pairs(raw) do n = n + 1 end
  if n ~= #raw then return nil, "is no list" end
  for i = 1, n do
    local item = readers.text(raw[i])
    if item == nil then return nil, "holds an item that is no text" end
    items[i] = item
  end
  return items
end

--- The value that `raw` stands for: a text from the command line, or a value from YAML.
---@param spec param_spec
---@param raw any
---@return any value nil where it does not fit
---@return string text of the value; or what is wrong with `raw`
function params.typed(spec, raw)
  local reader = readers[params.type(spec)]
  if reader == nil then return nil, ("is a %s; it can be a number, a text, true or false, or a list"):format(engine.is(spec.default) or type(spec.default)) end
  local value, problem = reader(raw, spec)
  if value == nil then return nil, problem end
  return value, params.text(value)
end

--- A value in words, as messages and reports show it.
---@param value any
---@return string
function params.text(value)
  if type(value) == "table" then return table.concat(value, ", ") end
  return engine.to_text(value)
end

--- The values of a rule's params where nobody changed them.
---@param rule table
---@return table name → value
function params.defaults(rule)
  local values = {}
  for name, spec in pairs(rule.params) do values[name] = (params.typed(spec, spec.default)) end
  return values
end

--- What rules get to see: the values, read-only, with a suggestion for a name that is not there.
---@param values table
---@param id string of the rule
---@return table
function params.guard(values, id)
  local copy, names = {}, {}
  for name, value in pairs(values) do
    if type(value) == "table" then
      local items = {}
      for i = 1, #value do items[i] = value[i] end
      value = items
    end
    copy[name] = value
    names[#names + 1] = name
  end
  table.sort(names)
  setmetatable(copy, {
    __index = function(_, name)
      local near = engine.suggest(tostring(name), names)
      error(("rule %s has no param `%s`%s"):format(id, tostring(name), near and "; did you mean `" .. near .. "`?" or ""), 2)
    end,
  })
  return setmetatable({}, {
    __index = copy,
    __newindex = function() error("params are read-only", 2) end,
    __pairs = function()
      local i = 0
      return function()
        i = i + 1
        if names[i] ~= nil then return names[i], copy[names[i]] end
      end
    end,
    __metatable = false,
  })
end

return params
