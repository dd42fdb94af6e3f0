-- P1 same: pass
local min, max = math.mininteger, math.maxinteger
return min // -1 == min and min % -1 == 0 and max + 1 == min and -min == min and math.abs(min) == min and min * -1 == min
  and (1 << 64) == 0 and (1 << -1) == 0 and (1 >> 64) == 0 and ("x"):sub(min, max) == "x" and math.tointeger(2^63) == nil
