-- P4 same: pass
local keep = _ENV
_ENV = { tostring = function() return "forged" end }
local forged = tostring(1)
_ENV = keep
return forged == "forged" and tostring(1) == "1"
