-- expect: E0521 9
return rule "LINT.521" {
  title = "unknown param", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = within("created_at", "patience"),
    message = "{why}", remedy = "mend it",
  },
}
