-- P1 file refused: E0512
local _ = 1
