-- expect: W0832 6
return rule "LINT.832" {
  title = "param that looks used", intent = "a seeded defect",
  needs = { "accounts" },
  params = {
    disabled_at = { default = "5 d", meaning = "shares its name with a field" },
  },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account) return account.disabled_at == nil end,
    message = "{why}", remedy = "mend it",
  },
}
