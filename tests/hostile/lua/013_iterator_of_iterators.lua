-- P2 contained: limit=time
local function all() return function() for _ in pairs { 1, 2, 3 } do end return true end end
for _ in all() do for _ in all() do end end
