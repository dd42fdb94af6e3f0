-- expect: E0847 9
return rule "LINT.847" {
  title = "no date", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account) return account.created_at < date "31.1.2026" end,
    message = "{why}", remedy = "mend it",
  },
}
