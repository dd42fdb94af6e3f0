-- P8 file refused: E05
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = filled "name", at_least = 0 / 0, message = "x", remedy = "x" },
}
