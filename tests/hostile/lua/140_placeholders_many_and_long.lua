-- P2 file contained: limit or fail
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" {
    question = "Is it stopped?", tests = "operation", severity = "minor", weight = 1,
    over = "people",
    expect = function() return false, { n = ("n"):rep(1000000) } end,
    message = ("{n}"):rep(1300), remedy = "None.",
  },
}
