return rule "A.5.18" {
  title = "Access rights",
  intent = "Nobody keeps what they no longer need.",
  needs = { "accounts" },
  params = { revoke_within = { default = "1 d", meaning = "time allowed to disable an account" } },
  check "leavers" {
    question = "Are accounts disabled in time?",
    tests = "operation", severity = "major", weight = 3, empty = "not_applicable",
    over = function(isms) return isms.accounts end,
    expect = within("disabled_at", "revoke_within"),
    message = "account {username} is open",
    remedy = "Disable it.",
  },
}
