-- P1 contained: error matches "stack overflow" or fail or limit
local t = {}
for _ = 1, 100000 do t = { t } end
return false, { why = "{n}", n = t }
