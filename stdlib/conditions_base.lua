-- What all constructors of conditions share: reading fields by name, limits, and what is said of an empty field.

local fields = require "fields"

local base = {}

--- While a rule file is loaded: called with what a constructor was given ("field", "limit" or "says", and the name), so that
--- wrong names are found at once.
---@type fun(what: string, name: any)|nil
local listener

--- Sets who listens; nil: nobody.
---@param fn function|nil
function base.listen(fn)
  listener = fn
end

--- Tells the listener, if there is one.
---@param what string
---@param name any
function base.tell(what, name)
  if listener then listener(what, name) end
end

--- A function that reads a field of a member.
---@param path string
---@return function
function base.reader(path)
  local read = fields.reader(path, 4)
  base.tell("field", path)
  return read
end

--- Checks that a constructor got its limit.
---@param limit any
---@param name string of the constructor
---@return any limit
function base.limited(limit, name)
  if limit == nil then error(("%s needs a limit: the name of a param, a duration or a number"):format(name), 3) end
  base.tell("limit", limit)
  return limit
end

--- Values for a field that is empty.
---@param path string
---@return table
function base.lacking(path)
  return { absent = path, why = path .. " is empty" }
end

--- Whether a value is there; an empty list is not.
---@param value any
---@return boolean
function base.has(value)
  if value == nil then return false end
  return type(value) ~= "userdata" or engine.is(value) ~= "list" or #value > 0
end

return base
