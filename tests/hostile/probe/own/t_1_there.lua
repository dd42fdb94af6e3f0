-- Passes where there are things: nothing that could not be read whole may make it pass.
return rule "T.1" {
  title = "There are things", intent = "Be a probe.", needs = { "things" },
  check "there" {
    question = "Are there things?", tests = "operation", severity = "major", weight = 1, over = "things", empty = "lacks_evidence",
    expect = function(thing) return thing.id ~= nil end,
    message = "{record}", remedy = "None.",
  },
}
