-- P1 file contained: error matches "from applies_when"
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  applies_when = function() error("from applies_when") end,
  check "it" {
    question = "Is it stopped?", tests = "operation", severity = "minor", weight = 1,
    over = "people", expect = function() return false end, message = "{record}", remedy = "None.",
  },
}
