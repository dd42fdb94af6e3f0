-- P1 top refused: E0511 matches "on purpose"
error("on purpose")
