-- expect: W0837 9
return rule "LINT.8371" {
  title = "unknown word compared", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account) return account.kind == "humans" end,
    message = "{why}", remedy = "mend it",
  },
}
