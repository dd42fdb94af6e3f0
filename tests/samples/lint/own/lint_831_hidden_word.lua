-- expect: W0831 9
return rule "LINT.831" {
  title = "hidden word", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(within)
      return within.person ~= nil
    end,
    message = "{why}", remedy = "mend it",
  },
}
