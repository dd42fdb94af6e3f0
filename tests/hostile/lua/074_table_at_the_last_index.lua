-- P2 same: pass
local t = { [math.maxinteger] = 1, [math.mininteger] = 2, [1 << 40] = 3 }
t[#t + 1] = 4
for _ in ipairs(t) do end
for _ in pairs(t) do end
return true
