-- P2 contained: limit
local all = {}
while true do all[#all + 1] = {} end
