-- expect: W0822 10
return rule "LINT.822" {
  title = "shadowed local", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account)
      local function inner(account) return account.person end
      return inner(account) ~= nil
    end,
    message = "{why}", remedy = "mend it",
  },
}
