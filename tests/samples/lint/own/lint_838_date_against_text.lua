-- expect: W0838 9
return rule "LINT.838" {
  title = "date against text", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account) return account.disabled_at == "2026-01-31" end,
    message = "{why}", remedy = "mend it",
  },
}
