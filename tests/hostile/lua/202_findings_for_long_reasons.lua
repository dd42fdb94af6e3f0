-- P2 file contained: limit or fail or n_a or error
local long = ("q"):rep(8000000)
local spec = { title = "Hostile", intent = "Be stopped.", needs = { "people" } }
for i = 1, 200 do
  spec[i] = check("c" .. i) {
    question = long, tests = "operation", severity = "minor", weight = 1,
    over = function() return {} end, expect = function() return true end, message = "no", remedy = long,
  }
end
return rule "@ID@" (spec)
