-- P2 contained: limit
local t = {}
while true do t = { t } end
