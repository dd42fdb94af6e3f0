-- P1 file refused: E05
return rule (("X"):rep(1000000)) {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = filled "name", message = "x", remedy = "x" },
}
