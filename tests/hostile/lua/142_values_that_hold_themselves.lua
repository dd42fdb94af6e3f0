-- P1 contained: error matches "stack overflow" or limit
local t = {}
t[1] = t
return false, { why = "{n}", n = t }
