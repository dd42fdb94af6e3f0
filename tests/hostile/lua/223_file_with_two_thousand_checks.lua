-- P2 file contained: error or pass
local spec = { title = "Hostile", intent = "Be stopped.", needs = { "people" } }
for i = 1, 2000 do
  spec[i] = check("c" .. i) { question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", expect = filled "name", message = "x", remedy = "x" }
end
return rule "@ID@" (spec)
