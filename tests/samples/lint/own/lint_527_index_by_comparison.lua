-- expect: E0527 9
return rule "LINT.527" {
  title = "index by comparison", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account) local t = { [true] = 1 } return t[account.username == "a"] end,
    message = "{why}", remedy = "mend it",
  },
}
