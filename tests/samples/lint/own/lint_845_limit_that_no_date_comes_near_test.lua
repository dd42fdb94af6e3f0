-- expect:
return test "LINT.845" {
  as_of = "2026-06-30",
  case "long ago" { expect = { seeded = "unknown" }, with = { accounts = { { id = "a", created_at = "2020-01-01" } } } },
}
