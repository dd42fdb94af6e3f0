-- P2 same: fail or limit=time
local t = { why = "many" }
for i = 1, 100000 do t["v" .. i] = i end
return false, t
