-- P1 contained: error matches "halfway"
local n = 0
table.sort({ 5, 4, 3, 2, 1 }, function(a, b) n = n + 1 if n > 3 then error("halfway") end return a < b end)
