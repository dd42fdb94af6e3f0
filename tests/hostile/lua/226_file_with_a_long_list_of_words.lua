-- P2 file same: pass or error or limit
local words = {}
for i = 1, 100000 do words[i] = "word" .. i end
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  params = { words = { default = words, unit = "words", meaning = "many" } },
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = none_of("name", "words"), message = "x", remedy = "x" },
}
