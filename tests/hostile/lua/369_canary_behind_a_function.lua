-- P4 file same: pass
local count = 0
return rule "@ID@" {
  title = "Hostile", intent = "Count across rules.", needs = { "people" },
  check "it" {
    question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "x", remedy = "x",
    expect = function() count = count + 1 return count <= 3 end,
  },
}
