-- P2 contained: limit=time
local g
local function f(n) return g(n + 1) end
function g(n) return f(n - 1) end
return f(0)
