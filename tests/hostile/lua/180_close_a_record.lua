-- P1 contained: error matches "non-closable"
local x <close> = person
return x
