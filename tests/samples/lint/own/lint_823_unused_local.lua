-- expect: W0823 10
return rule "LINT.823" {
  title = "unused local", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account)
      local spare = account.status
      return account.person ~= nil
    end,
    message = "{why}", remedy = "mend it",
  },
}
