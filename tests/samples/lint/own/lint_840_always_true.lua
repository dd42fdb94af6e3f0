-- expect: W0840 9
return rule "LINT.840" {
  title = "always true", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function() return true end,
    message = "{why}", remedy = "mend it",
  },
}
