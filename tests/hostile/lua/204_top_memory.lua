-- P2 top refused: E0632 matches "limit of (memory|time)"
local t = {}
while true do t[#t + 1] = { #t } end
