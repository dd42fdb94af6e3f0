-- expect: W0841 10
return rule "LINT.841" {
  title = "never asked", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = { function(account) return account.person ~= nil end },
    applies_when = function() return false end,
    message = "{why}", remedy = "mend it",
  },
}
