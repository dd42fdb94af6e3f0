-- P11 file refused: E05
return rule "@ID@" {
  title = "x", intent = "x", needs = { "people" },
  check "a\27[31m" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "x", remedy = "x", expect = filled "name" },
}
