-- P1 same: pass or error
local d = duration "1 d"
local _ = d / 0, d / d, d / (d - d), (d - d) / (d - d), tostring(d / 1e-300), tostring(d * 1e308 * 1e308)
return true
