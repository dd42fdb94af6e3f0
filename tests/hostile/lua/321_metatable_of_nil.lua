-- P4 contained: error matches "index a nil value|cannot|nil"
local nothing
nothing.x = 1
