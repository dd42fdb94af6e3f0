-- P1 file refused: E0516 matches "`expect` of check it is a list whose item 2 is nil"
local forgotten
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = { filled "name", forgotten, filled "email" }, message = "x", remedy = "x" },
}
