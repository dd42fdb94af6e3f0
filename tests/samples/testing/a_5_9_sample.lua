-- luacheck: ignore 113
-- A small rule for trying out the test runner.
return rule "A.5.9" {
  title = "Sample",
  intent = "Assets are owned.",
  needs = { "assets", "people", "acknowledgements?" },
  params = { least = { default = 100, unit = "percent", meaning = "share that must be owned" } },

  check "owned" {
    question = "Is each asset owned?",
    tests = "operation", severity = "major", weight = 1,
    over = "assets",
    expect = owned "owner",
    at_least = "least",
    missing = { owner = "{name} has no owner" },
    message = "{name} is owned by {owner}, who has left",
    remedy = "Name an owner.",
  },

  check "versions" {
    question = "Do acknowledgements name a version?",
    tests = "operation", severity = "minor", weight = 1,
    over = "acknowledgements",
    expect = filled "version",
    message = "no version",
    remedy = "Name it.",
  },
}
