-- P1 contained: error matches "index is NaN"
local t = {}
t[0 / 0] = 1
