-- P11 file same: pass
return rule "@ID@" {
  title = "x", intent = "x", needs = { "people" },
  params = { words = { default = { "\27[31m", "\xff", "a\nb" }, unit = "\27[31mwords", meaning = "\27[31m" } },
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = none_of("name", "words"), message = "x", remedy = "x" },
}
