-- P2 contained: limit
local s = "x"
while true do s = s:gsub(".", "%0%0%0%0") end
