-- P1 file refused: E05
local spec = { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "x", remedy = "x" }
spec.expect = spec
return rule "@ID@" { title = "Hostile", intent = "Be stopped.", needs = { "people" }, check "it" (spec) }
