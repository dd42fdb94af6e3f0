-- expect: E0510 7
return rule "LINT.510" {
  title = "no lua", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    expect = function(account) return account.person ~= end,
    message = "{why}", remedy = "mend it",
  },
}
