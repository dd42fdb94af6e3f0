-- P2 contained: limit=time
local t = {}
for i = 1, 60000 do t["k" .. i] = true end
for _ in next, t do end
for _ in next, t do end
