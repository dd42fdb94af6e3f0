-- P2 file same: fail or limit or error or limit
local long = ("r"):rep(8000000)
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" {
    question = long, tests = "operation", severity = "minor", weight = 1,
    over = function() local list = {} for i = 1, 1000 do list[i] = i end return list end,
    expect = function() return false end,
    message = "{word}", remedy = long,
  },
}
