-- expect: E0520 6
return rule "LINT.520" {
  title = "unused param", intent = "a seeded defect",
  needs = { "accounts", "people" },
  params = {
    patience = { default = "5 d", meaning = "never asked for" },
  },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = { function(account) return account.person ~= nil end },
    message = "{why}", remedy = "mend it",
  },
}
