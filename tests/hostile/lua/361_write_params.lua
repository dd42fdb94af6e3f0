-- P4 file contained: error matches "read-only"
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  params = { limit = { default = "1 d", meaning = "a limit" } },
  check "it" {
    question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "x", remedy = "x",
    expect = function(_, _, params) params.limit = duration "99 d" return true end,
  },
}
