-- Fields that one might take for each other: of the same kind and of the same sort.

local fields = {}

local SORTS = {
  string = "text", text = "text", integer = "number", number = "number", percent = "number", date = "time", time = "time",
}
local MOST = 3 -- kinds that are tried where several have the field

local Fields = {}
Fields.__index = Fields

local function sort_of(field)
  if field.type == "list" then return "list " .. (SORTS[field.item] or field.item or "") end
  return SORTS[field.type] or field.type
end

--- Under which of its names a field is meant: "record", "key" or "plain".
local function side_of(field, name)
  if field.record_name == name and field.name ~= name then return "record" end
  if field.key_name == name and field.name ~= name then return "key" end
  return field.name == name and "plain" or nil
end

local function named(field, side)
  return side == "record" and field.record_name or side == "key" and field.key_name or field.name
end

--- The next field of the same sort, else the next one at all.
local function sibling(kind, at, side)
  local list, n = kind.fields, #kind.fields
  local sort, any = sort_of(list[at]), nil
  for i = 1, n - 1 do
    local other = list[(at + i - 1) % n + 1]
    if sort_of(other) == sort then return named(other, side) end
    any = any or other.name
  end
  return any
end

--- Names that could stand where this one does; none where it is no field of the kinds.
---@param name string
---@return string[]
function Fields:others(name)
  local found = self.known[name]
  if found ~= nil then return found end
  found = {}
  local taken = { [name] = true }
  for _, kind in ipairs(self.kinds) do
    for at, field in ipairs(kind.fields) do
      local side = side_of(field, name)
      local other = side ~= nil and sibling(kind, at, side) or nil
      if other ~= nil and not taken[other] and #found < MOST then
        taken[other] = true
        found[#found + 1] = other
      end
    end
  end
  self.known[name] = found
  return found
end

--- The fields of these kinds.
---@param needs string[] "kind" or "kind?"
---@return table
function fields.new(needs)
  local kinds = {}
  for _, entry in ipairs(needs) do kinds[#kinds + 1] = engine.kind((entry:gsub("%?$", ""))) end
  return setmetatable({ kinds = kinds, known = {} }, Fields)
end

return fields
