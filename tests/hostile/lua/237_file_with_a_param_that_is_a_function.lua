-- P1 file refused: E0516 matches "the default of param x is a function"
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  params = { x = { default = function() end, unit = "days", meaning = "?" } },
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = function(_, _, params) return params.x end, message = "x", remedy = "x" },
}
