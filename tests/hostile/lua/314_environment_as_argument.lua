-- P3 contained: error matches "attempt to call a nil value"
local function f(_ENV) return io.open("/etc/passwd") end
return f {}
