-- P2 contained: fail or pass or limit
local t, n = {}, 0
for i = 1, 20000 do t[i] = i % 97 end
table.sort(t, function() n = n + 1 return n % 3 == 0 end)
return #t == 20000
