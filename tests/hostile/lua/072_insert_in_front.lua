-- P2 contained: limit
local t = {}
while true do table.insert(t, 1, true) end
