-- P4 file same: pass
local spec = { title = "Hostile", intent = "Be stopped.", needs = { "people" } }
local made
spec[1] = check "it" {
  question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "x", remedy = "x",
  expect = function()
    made.name, made.dsl, spec.id, spec.title = "Z.1", "extend", "Z.1", "Z"
    spec[1], spec[2] = nil, { dsl = "check" }
    return true
  end,
}
made = rule "@ID@" (spec)
return made
