-- Exceptions that excuse findings: which of them are in force for a requirement, and which one covers a finding.

local exceptions = {}

--- The exceptions in force for a requirement: approved by somebody, from the day of approval to the end of the last day.
---@param isms table with everything visible
---@param id string
---@return table[] list of {id, check, subject}
function exceptions.of(isms, id)
  local found = {}
  if not engine.has_kind("exceptions") then return found end
  local people_known = isms.people.supplied
  for exception in isms.exceptions:where { control = id } :each() do
    local approved = exception.approved_by_id ~= nil and (not people_known or exception.approved_by ~= nil)
    if approved and exception.approved_at <= isms.as_of and isms.as_of <= exception.expires_at then
      found[#found + 1] = { id = engine.origin(exception, "key"), check = exception.check, subject = exception.subject }
    end
  end
  return found
end

--- The id of the first exception that covers a finding of a check, or nil.
---@param list table[]
---@param check string
---@param key string|nil
---@return string|nil
function exceptions.covering(list, check, key)
  for i = 1, #list do
    local exception = list[i]
    if (exception.check == nil or exception.check == check) and (exception.subject == nil or exception.subject == key) then
      return exception.id
    end
  end
  return nil
end

return exceptions
