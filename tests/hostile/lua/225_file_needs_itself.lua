-- P1 file refused: E05
local needs = { "people" }
needs[2] = needs
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = needs,
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = filled "name", message = "x", remedy = "x" },
}
