-- P8 file refused: E05
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  params = { share = { default = 0 / 0, unit = "percent", meaning = "odd" } },
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = filled "name", at_least = "share", message = "x", remedy = "x" },
}
