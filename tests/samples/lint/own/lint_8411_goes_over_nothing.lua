-- expect: W0841 7
return rule "LINT.8411" {
  title = "goes over nothing", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function() return {} end,
    empty = "not_applicable",
    expect = function(account, isms) return isms.accounts[account] ~= nil end,
    message = "{why}", remedy = "mend it",
  },
}
