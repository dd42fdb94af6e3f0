-- P2 top refused: E0511 matches "pattern needs more than"
local _ = (("x"):rep(4000)):find(".-.-.-.-b")
