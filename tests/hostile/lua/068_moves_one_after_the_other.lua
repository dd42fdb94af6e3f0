-- P2 contained: limit
while true do table.move({}, 1, 9999999, 2) end
