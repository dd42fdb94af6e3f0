-- P2 same: pass
local n = 0
for _ in re.gmatch(("x"):rep(1000), "") do n = n + 1 end
return n == 1001
