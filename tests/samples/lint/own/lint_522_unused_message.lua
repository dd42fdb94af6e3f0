-- expect: E0522 11
return rule "LINT.522" {
  title = "unused message", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = { function(account) return account.person ~= nil end },
    messages = {
      never_said = "nobody says this",
    },
    message = "{why}", remedy = "mend it",
  },
}
