-- P4 file refused: E0513
return rule "Z.1" {
  title = "Hostile", intent = "Take the place of another.", needs = { "people" },
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = filled "name", message = "x", remedy = "x" },
}
