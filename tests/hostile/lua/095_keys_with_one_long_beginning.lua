-- P2 contained: limit
local t, long = {}, ("x"):rep(10000)
for i = 1, 2500 do t[long .. i] = true end
while true do for _ in pairs(t) do end end
