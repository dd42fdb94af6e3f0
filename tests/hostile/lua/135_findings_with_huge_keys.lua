-- P2 over same: fail or limit or error or limit=time
local long, list = ("k"):rep(8000000), {}
for i = 1, 1000 do list[i] = long end
return list
