-- expect:
return test "LINT.846" {
  as_of = "2026-06-30",
  case "before it" { expect = { seeded = "unknown" }, without = { "accounts" } },
}
