-- P4 file contained: error matches "needs"
local needs = { "people" }
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = needs,
  check "it" {
    question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "x", remedy = "x",
    expect = function(_, isms) needs[2] = "risks" return #isms["risks"] > 0 end,
  },
}
