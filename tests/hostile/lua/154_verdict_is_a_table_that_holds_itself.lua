-- P1 same: pass
local t = {}
t[1], t[t] = t, t
return t, t, t
