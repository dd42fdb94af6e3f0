-- expect: E0517 7
return rule "LINT.517" {
  title = "unknown kind", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.acounts end,
    empty = "not_applicable",
    expect = { function(account) return account.person ~= nil end },
    message = "{why}", remedy = "mend it",
  },
}
