-- P1 top refused: E0511 matches "stack overflow"
local function f() return 1 + f() end
f()
