-- expect: W0846 9
return rule "LINT.846" {
  title = "date that no test lies around", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account, isms) return isms.as_of < date "2027-01-01" or account.mfa end,
    message = "{why}", remedy = "mend it",
  },
}
