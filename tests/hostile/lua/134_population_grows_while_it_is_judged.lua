-- P2 file same: pass
local list = {}
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" {
    question = "Is it stopped?", tests = "operation", severity = "minor", weight = 1,
    over = function()
      for i = 1, 100 do list[i] = i end
      return list
    end,
    expect = function() list[#list + 1] = #list return true end,
    message = "{word}", remedy = "None.",
  },
}
