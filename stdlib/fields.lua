-- Fields of members by name or path ("owner", "person.end_date"), references always followed: one that leads nowhere is
-- empty. A member is a record, or a table of several with `record` as the one judged.

local fields = {}

local known = {} -- kind → name → what engine.field says, or false

--- What a kind says of a field, by its own name or by the other name of a reference.
---@param kind string
---@param name string
---@return table|nil
function fields.info(kind, name)
  local of_kind = known[kind]
  if of_kind == nil then
    of_kind = {}
    known[kind] = of_kind
  end
  local info = of_kind[name]
  if info == nil then
    info = engine.field(kind, name) or false
    of_kind[name] = info
  end
  return info or nil
end

--- Whether a field is a reference or a list of them.
---@param info table
---@return boolean
function fields.refers(info)
  return info.type == "ref" or (info.type == "list" and info.item == "ref")
end

--- The name under which a field reads as what it means: references as records.
---@param record userdata
---@param name string
---@return string
local function meaning(record, name)
  local info = fields.info(engine.origin(record, "kind"), name)
  if info ~= nil and fields.refers(info) and info.record_name ~= nil then return info.record_name end
  return name
end

local function read(record, name, plain)
  if type(record) ~= "userdata" then return nil end
  return record[plain and name or meaning(record, name)]
end

--- The record that a member is about: itself, its `record`, or the first of the group that it stands for.
---@param member any
---@return userdata|nil
function fields.record(member)
  if engine.is(member) == "record" then return member end
  if type(member) ~= "table" then return nil end
  if member.record ~= nil then return member.record end
  local group = member.members
  if group ~= nil then return group[1] end
  return nil
end

--- A function that reads a field of a member: value, the record that has the field, the field's name there.
---@param path string
---@param level integer|nil whose mistake a wrong path is, as of `error`
---@return fun(member: any): any, userdata|nil, string
function fields.reader(path, level)
  if type(path) ~= "string" or not path:find("^[%a_][%w_]*$") and not path:find("^[%a_][%w_.]*[%w_]$") then
    error("a field is named by a text such as \"owner\" or \"person.end_date\", not by " .. tostring(path), level or 3)
  end
  local steps, plain = {}, {} -- plain: read under that very name
  for step in path:gmatch("[^.]+") do
    steps[#steps + 1] = step
    plain[#steps] = not step:find("_ids?$")
  end
  local first, n, first_plain = steps[1], #steps, plain[1]
  return function(member)
    local record, value
    if type(member) == "userdata" then
      record = member
      if first_plain then value = member[first] else value = read(member, first) end
    elseif type(member) == "table" then
      value = member[first]
      if value == nil then
        record = fields.record(member)
        value = read(record, first, first_plain)
      end
    end
    for i = 2, n do
      if value == nil then return nil, record, steps[i - 1] end
      record = value
      value = read(record, steps[i], plain[i])
    end
    return value, record, steps[n]
  end
end

--- The record that a reference leads to where its kind is supplied and known to the rule, else its key: for comparing without
--- following a reference that nobody can follow.
---@param record userdata
---@param name string
---@param followed fun(kind: string): boolean
---@return any
function fields.reference(record, name, followed)
  if record == nil then return nil end
  local info = fields.info(engine.origin(record, "kind"), name)
  if info == nil or not fields.refers(info) then return record[name] end
  if followed(info.target) then return record[info.record_name] end
  return record[info.key_name]
end

return fields
