-- P4 same: pass
local key, value = next(string)
return key == nil and value == nil
