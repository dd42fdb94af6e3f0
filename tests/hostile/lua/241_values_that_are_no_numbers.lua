-- P1 file same: fail matches "^\? days, \? minutes, \? %, 1e\+300$"
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" {
    question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "{days}, {minutes}, {share}, {n}", remedy = "x",
    expect = function() return false, { days = 0 / 0, minutes = math.huge, share = -(0 / 0), n = 1e300 } end,
  },
}
