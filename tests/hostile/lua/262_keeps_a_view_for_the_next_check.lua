-- P4 file same: pass
local kept
return rule "@ID@" {
  title = "Hostile", intent = "Keep what it was given.", needs = { "people" },
  check "first" {
    question = "?", tests = "operation", severity = "minor", weight = 1, message = "x", remedy = "x",
    over = function(isms)
      kept = isms
      return isms.people
    end,
    expect = function() return true end,
  },
  check "second" {
    question = "?", tests = "operation", severity = "minor", weight = 1, message = "x", remedy = "x", over = "people",
    expect = function(person) return kept.people:get(person.id) == person end,
  },
}
