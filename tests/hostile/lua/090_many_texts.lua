-- P2 contained: limit
local all, i = {}, 0
while true do i = i + 1 all["key" .. i] = i end
