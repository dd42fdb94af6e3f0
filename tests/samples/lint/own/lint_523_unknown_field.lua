-- expect: E0523 9
return rule "LINT.523" {
  title = "unknown field", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = filled "usrname",
    message = "{why}", remedy = "mend it",
  },
}
