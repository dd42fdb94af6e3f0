-- expect: E0821 9
return rule "LINT.821" {
  title = "undeclared global", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account) return acount.status == "active" or account.person ~= nil end,
    message = "{why}", remedy = "mend it",
  },
}
