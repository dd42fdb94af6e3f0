-- P1 file refused: E0516 matches "entry 1.5 of the rule is no check"
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" }, [1.5] = 1,
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = filled "name", message = "x", remedy = "x" },
}
