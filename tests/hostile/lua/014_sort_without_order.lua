-- P2 same: pass
local t = {}
for i = 1, 5000 do t[i] = (i * 7919) % 5003 end
table.sort(t, function() return true end)
table.sort(t, function(a, b) return a <= b end)
table.sort(t, function(a, b) return (a + b) % 3 == 0 end)
return #t == 5000
