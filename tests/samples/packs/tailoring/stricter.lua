return extend "A.5.18" {
  params = { revoke_within = { default = "4 h" } },
  check "owned" {
    question = "Has every account an owner?",
    tests = "operation", severity = "minor", weight = 1, empty = "not_applicable",
    over = function(isms) return isms.accounts end,
    expect = filled("username"),
    message = "account {id} has no name",
    remedy = "Name it.",
  },
}
