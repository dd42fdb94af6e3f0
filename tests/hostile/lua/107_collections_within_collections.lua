-- P1 contained: error matches "stack overflow"
local function again(p) return isms.people:where(again) end
return again(person)
