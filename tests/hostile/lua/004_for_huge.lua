-- P2 contained: limit=time
local n = 0
for i = math.mininteger, math.maxinteger do n = n + i end
return n
