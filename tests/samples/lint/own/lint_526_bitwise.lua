-- expect: E0526 9
return rule "LINT.526" {
  title = "bitwise", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account) return (#account.username & 1) == 0 end,
    message = "{why}", remedy = "mend it",
  },
}
