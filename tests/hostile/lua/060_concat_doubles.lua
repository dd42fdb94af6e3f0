-- P2 contained: limit=memory
local s = "x"
while true do s = s .. s end
