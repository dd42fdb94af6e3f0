-- P4 contained: error
local d = duration "1 d"
d.days = 2
