-- P1 file contained: error matches "nil"
local list = {}
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" {
    question = "Is it stopped?", tests = "operation", severity = "minor", weight = 1,
    over = function()
      for i = 1, 100 do list[i] = i end
      return list
    end,
    expect = function() for i = 2, 100 do list[i] = nil end return true end,
    message = "{word}", remedy = "None.",
  },
}
