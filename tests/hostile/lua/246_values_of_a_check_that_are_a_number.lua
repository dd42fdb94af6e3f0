-- P1 file contained: error matches "`values` gives a number; it must give a table of values"
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" {
    question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "x", remedy = "x",
    expect = function() return false end, values = function() return 5 end,
  },
}
