-- expect: W0862 11
return rule "LINT.862" {
  title = "order that is none", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account)
      local list = { account.username, account.system }
      table.sort(list, function(a, b) return a <= b end)
      return list[1] ~= nil
    end,
    message = "{why}", remedy = "mend it",
  },
}
