-- expect: W0837 7
return rule "LINT.837" {
  title = "unknown word", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = { "active", "lockd" } } end,
    empty = "not_applicable",
    expect = { function(account) return account.person ~= nil end },
    message = "{why}", remedy = "mend it",
  },
}
