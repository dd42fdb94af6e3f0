-- expect: E0515 10
return rule "LINT.515" {
  title = "unknown key", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = { function(account) return account.person ~= nil end },
    severty = "minor",
    message = "{why}", remedy = "mend it",
  },
}
