-- What we do differently for @ID@ @TITLE@. Everything else stays as the rule says; `assay explain @ID@` shows the outcome.
local checks = require "checks"

return extend "@ID@" {
@NEEDS@  params = {
@PARAM@    our_interval = { default = "180 d", meaning = "longest time since our own instruction was reviewed" },
  },

  -- A check of the rule goes by `without "its_name"`; one of the same name replaces it. Its checks:
@CHECKS@
  check "our_instruction_reviewed" {
    question = "Was our own instruction on this reviewed in time?",
    tests = "operation", severity = "minor", weight = 1,
    over = function(isms)
      return isms.documents:where{ status = "published" }:where(function(document)
        return checks.holds(document.topics, "@TOPIC@")
      end)
    end,
    expect = within("reviewed_at", "our_interval"),
    empty = "not_applicable",
    missing = { reviewed_at = "{title} was never reviewed" },
    message = "{title} was last reviewed {days} ago; {our_interval} are allowed",
    remedy = "Review the instruction with those who work by it.",
  },
}
