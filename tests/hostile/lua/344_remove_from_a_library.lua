-- P4 contained: error or pass
local _ = table.remove(math)
return true
