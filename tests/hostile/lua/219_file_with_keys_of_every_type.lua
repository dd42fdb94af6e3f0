-- P1 file refused: E05
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" }, [true] = 1, [1.5] = 2, [rule] = 3, [{}] = 4,
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = filled "name", message = "x", remedy = "x" },
}
