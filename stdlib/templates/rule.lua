-- @ID@ @TITLE@: say in one line what good looks like.
local checks = require "checks"

local function ours(isms)
  return isms.documents:where{ status = "published" }:where(function(document)
    return checks.holds(document.topics, "@TOPIC@")
  end)
end

return rule "@ID@" {
  title = "@TITLE@",
  intent = "@INTENT@",
  needs = { "documents", "people" },
  params = {
    review_interval = { default = "365 d", meaning = "longest time between two reviews of what we have written down" },
  },

  -- Design: is it laid down? A test on the whole.
  check "laid_down" {
    question = "Is there a published document that says how we do this?",
    tests = "design", severity = "major", weight = 2,
    holds = function(_, isms)
      return #ours(isms) > 0, {}
    end,
    message = "no published document covers the topic @TOPIC@",
    remedy = "Write down how it is done, have it approved, and publish it.",
  },

  -- Operation: does it live? A test of every member of a population.
  check "kept_alive" {
    question = "Has each of these documents an owner who is still here, and was it reviewed in time?",
    tests = "operation", severity = "minor", weight = 1,
    over = ours,
    expect = {
      owned "owner",
      within("reviewed_at", "review_interval"),
    },
    empty = "not_applicable",
    missing = { reviewed_at = "{title} was never reviewed" },
    message = "{title} is not kept up: {why}",
    remedy = "Name an owner, and review the document.",
  },
}
