-- expect: N0845 6
return rule "LINT.845" {
  title = "limit that no date comes near", intent = "a seeded defect",
  needs = { "accounts" },
  params = {
    patience = { default = "200 d", meaning = "no two dates of the test lie so far apart" },
  },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = within("created_at", "patience"),
    message = "{why}", remedy = "mend it",
  },
}
