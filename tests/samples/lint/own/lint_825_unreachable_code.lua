-- expect: W0825 10
return rule "LINT.825" {
  title = "unreachable code", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account)
      for _, word in ipairs { "a", "b" } do
        return account.username == word
      end
    end,
    message = "{why}", remedy = "mend it",
  },
}
