-- P2 contained: limit
local t = {}
for i = 1, 1000 do t[i] = ("x"):rep(1 << 20) end
return #table.concat(t) > 0
