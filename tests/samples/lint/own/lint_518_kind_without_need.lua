-- expect: E0518 7
return rule "LINT.518" {
  title = "kind without need", intent = "a seeded defect",
  needs = { "accounts" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.assets end,
    empty = "not_applicable",
    expect = filled "owner",
    message = "{why}", remedy = "mend it",
  },
}
