-- P8 contained: error matches "index by a comparison"
local verdict, n = { [true] = true, [false] = false }, 0
local function f() return verdict[n < 1] end
return f()
