-- P1 contained: error matches "stack overflow" or limit
local function f(n) return 1 + f(n + 1) end
return f(0)
