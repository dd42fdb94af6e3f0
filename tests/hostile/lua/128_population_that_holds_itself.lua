-- P1 over contained: error
local list = {}
list[1] = list
return list
