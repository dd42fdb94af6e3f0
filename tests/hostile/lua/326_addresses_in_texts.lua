-- P5 same: pass
local all = { {}, function() end, tostring, isms, isms.people, person, isms.as_of, params, require "checks", re, _ENV, isms.people:each() }
for _, value in ipairs(all) do
  local text = tostring(value) .. ("%s"):format(value) .. ("%-20s"):format(value)
  if text:find("0x") or text:find("%x%x%x%x%x%x%x%x") then return false end
end
return true
