-- P1 file refused whole: E0580
return extend "@ID@" {
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = filled "name", message = "x", remedy = "x" },
}
