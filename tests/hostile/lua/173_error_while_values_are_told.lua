-- P1 file contained: error matches "from values"
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" {
    question = "Is it stopped?", tests = "operation", severity = "minor", weight = 1,
    over = "people", expect = function() return false end,
    values = function() error("from values") end,
    message = "{record}", remedy = "None.",
  },
}
