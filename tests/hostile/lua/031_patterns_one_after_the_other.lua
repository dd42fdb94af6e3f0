-- P2 contained: limit=time
local s = ("a"):rep(200)
while true do s:find(".-.-b") end
