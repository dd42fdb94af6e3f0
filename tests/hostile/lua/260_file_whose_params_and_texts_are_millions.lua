-- P2 file refused: E0
local p = {}
for i = 1, 5000 do p["p" .. i] = { default = ("x"):rep(4000), unit = ("u"):rep(100), meaning = ("m"):rep(4000) } end
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" }, params = p,
  check "it" { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = filled "name", message = "x", remedy = "x" },
}
