-- P1 file refused: E05
local words = {}
words[1] = words
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  params = { words = { default = words, unit = "words", meaning = "odd" } },
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = none_of("name", "words"), message = "x", remedy = "x" },
}
