-- expect: W0824 10
return rule "LINT.824" {
  title = "unused value", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account)
      local status = account.username
      status = account.status
      return status == "active"
    end,
    message = "{why}", remedy = "mend it",
  },
}
