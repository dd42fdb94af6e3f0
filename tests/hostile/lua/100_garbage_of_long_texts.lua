-- P2 contained: limit=time
local i = 0
while true do i = i + 1 local s = ("x"):rep(1000000) .. i end
