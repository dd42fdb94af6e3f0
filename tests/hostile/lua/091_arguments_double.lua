-- P2 contained: error matches "stack overflow|too many" or limit
local function f(...) return f(..., ...) end
local function g(n, ...) return g(n + 1, n, ...) end
return g(1), f(1)
