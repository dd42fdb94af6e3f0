-- P3 contained: error matches "attempt to index|attempt to call|global"
local _ENV <const> = nil
return io("x")
