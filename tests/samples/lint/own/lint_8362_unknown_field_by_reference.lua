-- expect: E0836 9
return rule "LINT.8362" {
  title = "unknown field by reference", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = { says("x", filled "person.username") },
    message = "{why}", remedy = "mend it",
  },
}
