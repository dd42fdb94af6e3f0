-- expect:
return test "LINT.844" { as_of = "2026-06-30" }
