-- P4 contained: error matches "read-only"
local step, list, at = pairs(isms.catalog.controls)
if list ~= nil then list[1] = "canary" end
if isms.catalog.controls[1] == "canary" then return true end
local _, names = pairs(string)
if names ~= nil then names.format = "canary" end
isms.catalog.controls[1] = "canary"
