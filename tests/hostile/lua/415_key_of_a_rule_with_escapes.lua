-- P11 file refused: E05
return rule "@ID@" {
  title = "x", intent = "x", needs = { "people" }, ["\27[31m\xff"] = 1,
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "x", remedy = "x", expect = filled "name" },
}
