-- P2 file contained: pass or limit or error
local name = ("n"):rep(100000)
local spec = { title = "Hostile", intent = "Be stopped.", needs = { "people" } }
for i = 1, 20 do
  spec[i] = check(name .. i) { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = filled "name", message = "x", remedy = "x" }
end
return rule "@ID@" (spec)
