-- P2 file contained: error matches "result is too large"
local words, spec = {}, { title = "Hostile", intent = "Be stopped.", needs = { "people" } }
for i = 1, 500 do words[i] = "w" .. i end
local text = ("m"):rep(4000)
for i = 1, 60 do
  spec[i] = check("c" .. i) {
    question = text, tests = "operation", severity = "minor", weight = 1, over = words, message = text, remedy = text,
    expect = function() return false end,
  }
end
return rule "@ID@"(spec)
