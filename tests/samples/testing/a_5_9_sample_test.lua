-- luacheck: ignore 113
-- Cases of which some are meant to fail: tests/lua/unit_testing.lua looks at what the runner says about them.
return test "A.5.9" {
  baseline = {
    people = {
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
      { id = "bob", name = "Bob", kind = "employee", start_date = date "2020-01-01", end_date = "2026-06-01" },
    },
    assets = [[
- { id: a, name: A, type: software, status: in_use, owner: ann }
- { id: b, name: B, type: software, status: in_use, owner: ann }
]],
    acknowledgements = { { person_id = "ann", document_id = "d", version = "1", acknowledged_at = "2026-01-01" } },
  },
  unreachable = { versions = { "unknown", reason = "acknowledgements are optional, and nothing else is read" } },

  case "good: changed by key" {
    with = { assets = { { id = "b", owner = "bob" } } },
    expect = { owned = { "b", message = "B is owned by Bob, who has left", failed = 1 }, status = "partially_effective" },
  },
  case "good: a field is taken away" {
    with = { assets = { { id = "b", owner = absent }, { id = "c", name = "C", type = "software", status = "in_use", owner = "ann" } } },
    expect = { owned = { "b", message = "B has no …", population = 3 } },
  },
  case "good: by its share" {
    with = { assets = { { id = "b", owner = "bob" } } },
    params = { least = 50 },
    expect = { owned = { "b", passes = true } },
  },
  case "good: keyless records by position" {
    with = { acknowledgements = { [1] = { version = absent } } },
    add = { acknowledgements = { { person_id = "bob", document_id = "d", acknowledged_at = "2026-01-01" } } },
    expect = { versions = { 1, 2 } },
  },
  case "good: dropped and not supplied" {
    without = { "people", "acknowledgements", assets = { "a" } },
    expect = { owned = { status = "unknown", reason = "`people` is not supplied", population = 1 }, versions = "n_a", status = "insufficient_evidence" },
  },
  case "good: only these" {
    only = { assets = {} },
    expect = { owned = "n_a", versions = "pass" },
  },
  case "good: organisation and SoA" {
    add = { soa = { { control = "A.5.9", applicable = false, justification = "none" } } },
    expect = "n_a",
  },

  case "bad: another key" {
    with = { assets = { { id = "b", owner = "bob" } } },
    expect = { owned = { "a" } },
  },
  case "bad: another status" {
    expect = { owned = "fail" },
  },
  case "bad: another message" {
    with = { assets = { { id = "b", owner = "bob" } } },
    expect = { owned = { "b", message = "x" } },
  },
  case "bad: unknown check" {
    expect = { ownd = "pass" },
  },
  case "bad: unknown field" {
    with = { assets = { { id = "b", ownr = "bob" } } },
    expect = { owned = "pass" },
  },
  case "bad: unknown kind" {
    with = { asets = { { id = "b" } } },
    expect = { owned = "pass" },
  },
  case "bad: unknown word" {
    with = { assets = { { id = "b", status = "in_us" } } },
    expect = { owned = "pass" },
  },
  case "bad: unknown param" {
    params = { lest = 3 },
    expect = { owned = "pass" },
  },
  case "bad: nothing to drop" {
    without = { assets = { "z" } },
    expect = { owned = "pass" },
  },
  case "bad: unknown status" {
    expect = { owned = "passed" },
  },
}
