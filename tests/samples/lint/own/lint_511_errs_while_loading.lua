-- expect: E0511 8
return rule "LINT.511" {
  title = "errs while loading", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = "accounts",
    expect = filled(nil .. "x"),
    message = "{why}", remedy = "mend it",
  },
}
