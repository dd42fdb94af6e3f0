-- expect: W0826 10
return rule "LINT.826" {
  title = "empty branch", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account)
      if account.person == nil then end
      return account.person ~= nil
    end,
    message = "{why}", remedy = "mend it",
  },
}
