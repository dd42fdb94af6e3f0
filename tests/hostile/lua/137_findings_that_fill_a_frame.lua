-- P2 over same: fail
local list = {}
for i = 1, 5000 do list[i] = i .. ("k"):rep(4000) end
return list
