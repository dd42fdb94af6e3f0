-- P2 file contained: limit=time
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" }, applies_when = function() while true do end end,
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "x", remedy = "x", expect = filled "name" },
}
