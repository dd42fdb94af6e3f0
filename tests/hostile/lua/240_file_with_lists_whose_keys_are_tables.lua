-- P1 file refused: E0516 matches "`expect` of check it has a key that is a table or a function"
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" }, params = { [{}] = 1 },
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = { [{}] = 1 }, message = "x", remedy = "x" },
}
