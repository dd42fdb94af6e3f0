-- P1 top refused: E0511 matches "a field is named by a text such as"
local a = { says("x", any_of(filled("no\27[31m field"))) }
