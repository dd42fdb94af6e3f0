-- expect: W0837 9
return rule "LINT.8372" {
  title = "unknown word named", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = one_of("status", "active", "Locked", "gone"),
    message = "{why}", remedy = "mend it",
  },
}
