-- P1 contained: error matches "stack overflow" or limit
local c
c = any_of(function(...) return c(...) end)
return c(person, isms, params)
