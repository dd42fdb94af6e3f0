-- expect: E0512 0
local nothing = {}
return nothing
