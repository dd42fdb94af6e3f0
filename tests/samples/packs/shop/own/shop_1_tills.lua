return rule "SHOP.1" {
  title = "Tills are counted",
  intent = "Notice what is missing on the day.",
  needs = { "assets" },
  params = {
    lookback = { default = "90 d", meaning = "how old a count may be" },
    tills = { default = 3, unit = "tills", meaning = "fewest tills" },
  },
  check "counted" {
    question = "Were the tills counted?",
    tests = "operation", severity = "major", weight = 3, empty = "lacks_evidence",
    over = function(isms) return isms.assets end,
    expect = within("reviewed_at", "lookback"),
    message = "till {name} was not counted",
    remedy = "Count it.",
  },
  check "enough" {
    question = "Are there enough tills?",
    tests = "design", severity = "minor", weight = 1,
    holds = function(_, isms, params) return #isms.assets >= params.tills end,
    message = "there are too few tills",
    remedy = "Buy tills.",
  },
}
