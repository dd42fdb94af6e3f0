-- P1 same: pass or error
local d = duration "365 d"
for _, by in ipairs { 1e300, -1e300, math.huge, -math.huge, 0 / 0, math.maxinteger, 1e-300, 0 } do
  local e = d * by
  local _ = e.days, e.hours, tostring(e), -e, e + e, e - e, e < e, isms.as_of + e, isms.as_of - e
end
return true
