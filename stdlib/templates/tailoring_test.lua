-- Only the checks that the tailoring brings are tested here: those of the rule have their own test.
return test "@ID@" {
  as_of = "2026-06-30",
  baseline = {
    documents = {
      { id = "d1", title = "Our instruction", kind = "procedure", topics = { "@TOPIC@" }, version = "1", status = "published",
        reviewed_at = "2026-01-02" },
    },
  },
  case "reviewed too long ago" {
    with = { documents = { { id = "d1", reviewed_at = "2025-12-31" } } },
    expect = { our_instruction_reviewed = { "d1", message = "Our instruction was last reviewed 181 days ago; 180 days are allowed" } },
  },
  case "reviewed on the last day" {
    with = { documents = { { id = "d1", reviewed_at = "2026-01-01" } } },
    expect = { our_instruction_reviewed = "pass", params = { @PARAM_AS@our_interval = "180 d" } },
  },
  case "neither a draft nor a document about something else" {
    with = { documents = {
      { id = "d1", status = "draft" },
      { id = "d2", title = "Canteen", kind = "procedure", topics = { "food" }, version = "1", status = "published" },
    } },
    expect = { our_instruction_reviewed = "n_a" },
  },
  case "never reviewed" {
    with = { documents = { { id = "d1", reviewed_at = absent } } },
    expect = { our_instruction_reviewed = { "d1", message = "Our instruction was never reviewed" } },
  },
  case "no documents are supplied" {
    without = { "documents" },
    expect = { our_instruction_reviewed = "@UNSUPPLIED@" },
  },
@UNREACHABLE@}
