-- P4 file same: fail matches "^first$"
local messages = { name = "first" }
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = { "people" },
  check "it" {
    question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "x", remedy = "x",
    expect = says("name", function(person)
      messages.name = 5
      return person.name == 1
    end), messages = messages,
  },
}
