-- P2 contained: limit=time
local t = {}
for i = 1, 20000 do t["k" .. i] = i end
for _ in pairs(t) do for _ in pairs(t) do end end
