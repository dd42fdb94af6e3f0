-- P2 file contained: error or limit
local function huge() error(("e"):rep(16000000)) end
local spec = { title = "Hostile", intent = "Be stopped.", needs = { "people" } }
for i = 1, 60 do
  spec[i] = check("c" .. i) {
    question = "Is it stopped?", tests = "operation", severity = "minor", weight = 1,
    over = "people", expect = huge, message = "{record}", remedy = "None.",
  }
end
return rule "@ID@" (spec)
