-- P4 file same: fail matches "first"
local spec = {
  question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "first", remedy = "x",
}
function spec.expect()
  spec.message, spec.expect, spec.severity, spec.weight = "second", nil, "none", -1
  return false
end
return rule "@ID@" { title = "Hostile", intent = "Be stopped.", needs = { "people" }, check "it" (spec) }
