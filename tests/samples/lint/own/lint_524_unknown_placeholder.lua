-- expect: W0524 11
return rule "LINT.524" {
  title = "unknown placeholder", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = { function(account) return account.person ~= nil end },
    messages = {}, missing = {
      status = "{usrname} has no status",
    },
    message = "{why}", remedy = "mend it",
  },
}
