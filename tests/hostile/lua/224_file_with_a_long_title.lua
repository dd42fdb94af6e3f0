-- P2 file same: pass or error or limit
return rule "@ID@" {
  title = ("t"):rep(8000000), intent = ("i"):rep(8000000), needs = { "people" },
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = filled "name", message = "x", remedy = "x" },
}
