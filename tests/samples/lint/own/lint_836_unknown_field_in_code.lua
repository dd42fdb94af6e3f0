-- expect: E0836 9
return rule "LINT.836" {
  title = "unknown field in code", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account) return account.person.surname ~= nil end,
    message = "{why}", remedy = "mend it",
  },
}
