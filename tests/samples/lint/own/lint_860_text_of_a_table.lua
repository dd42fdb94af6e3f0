-- expect: W0860 9
return rule "LINT.860" {
  title = "text of a table", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account) return account.person ~= nil, { why = tostring({}) } end,
    message = "{why}", remedy = "mend it",
  },
}
