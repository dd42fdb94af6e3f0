-- P2 contained: limit=time
local s = ("ä"):rep(1000000)
while true do utf8.len(s) end
