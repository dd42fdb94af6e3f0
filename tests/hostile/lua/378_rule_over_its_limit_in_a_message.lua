-- P2 file contained: limit=time
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" {
    question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "x", remedy = "x", expect = function() return false end,
    values = function() while true do end end,
  },
}
