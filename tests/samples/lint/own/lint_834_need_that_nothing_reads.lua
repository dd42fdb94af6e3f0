-- expect: W0834 4
return rule "LINT.834" {
  title = "need that nothing reads", intent = "a seeded defect",
  needs = { "accounts", "people", "soa" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = { function(account) return account.person ~= nil end },
    message = "{why}", remedy = "mend it",
  },
}
