-- P1 over contained: error or limit
local t = {}
t[1] = t
return { { key = t } }
