-- P3 top refused: E0511 matches "no global `isms`"
local _ = isms
