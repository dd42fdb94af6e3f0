-- P2 file contained: limit or fail or error
local long = ("k"):rep(1000000)
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" {
    question = "Is it stopped?", tests = "operation", severity = "minor", weight = 1,
    over = function() local list = {} for i = 1, 1000 do list[i] = { key = long } end return list end,
    expect = function() return false end,
    message = "no", remedy = "None.",
  },
}
