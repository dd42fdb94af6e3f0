-- P2 over same: fail or limit
local list = {}
for i = 1, 100000 do list[i] = i end
return list
