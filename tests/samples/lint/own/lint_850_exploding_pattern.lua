-- expect: W0850 9
return rule "LINT.850" {
  title = "exploding pattern", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account) return re.test(account.username, "^(\\w+\\s?)+$") end,
    message = "{why}", remedy = "mend it",
  },
}
