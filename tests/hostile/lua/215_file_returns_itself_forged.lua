-- P1 file refused: E05
local t = { dsl = "rule", name = "@ID@" }
t.spec = t
return t
