-- P4 contained: error matches "read-only"
local list = isms.catalog.controls
for key in next, list do list[key] = nil end
