-- P1 file refused: E0516 matches "the rule has a key that is a table or a function"
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" }, [{}] = 1,
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = filled "name", message = "x", remedy = "x" },
}
