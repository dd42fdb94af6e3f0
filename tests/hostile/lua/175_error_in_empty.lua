-- P1 file contained: error matches "not_a_word"
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" {
    question = "Is it stopped?", tests = "operation", severity = "minor", weight = 1,
    over = function() return {} end, empty = function() return "not_a_word" end,
    expect = function() return false end, message = "{record}", remedy = "None.",
  },
}
