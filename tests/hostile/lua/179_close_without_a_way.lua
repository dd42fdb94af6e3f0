-- P1 contained: error matches "non-closable"
local x <close> = { 1 }
return x
