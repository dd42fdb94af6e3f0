-- Every check is seen to pass (at the baseline), to fail, and to lack evidence.
return test "@ID@" {
  as_of = "2026-06-30",
  baseline = {
    people = {
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
    },
    documents = {
      { id = "d1", title = "How we do it", kind = "procedure", topics = { "@TOPIC@" }, version = "1", status = "published",
        owner = "ann", reviewed_at = "2026-01-15" },
    },
  },
  case "nothing is written down" {
    with = { documents = { { id = "d1", topics = { "something else" } } } },
    expect = { laid_down = { message = "no published document covers the topic @TOPIC@" }, kept_alive = "n_a" },
  },
  case "a draft is nothing that we work by" {
    with = { documents = { { id = "d1", status = "draft" } } },
    expect = { laid_down = "fail", kept_alive = "n_a" },
  },
  case "reviewed on the last day" {
    with = { documents = { { id = "d1", reviewed_at = "2025-06-30" } } },
    expect = { kept_alive = "pass" },
  },
  case "and a day before" {
    with = { documents = { { id = "d1", reviewed_at = "2025-06-29" } } },
    expect = { kept_alive = { "d1" } },
  },
  case "never reviewed" {
    with = { documents = { { id = "d1", reviewed_at = absent } } },
    expect = { kept_alive = { "d1", message = "How we do it was never reviewed" } },
  },
  case "its owner has left" {
    with = { people = { { id = "ann", end_date = "2026-03-31" } } },
    expect = { kept_alive = { "d1" } },
  },
  case "a review in time by a longer interval" {
    with = { documents = { { id = "d1", reviewed_at = "2025-06-15" } } },
    params = { review_interval = "400 d" },
    expect = { kept_alive = "pass" },
  },
  case "no documents are supplied" {
    without = { "documents" },
    expect = { laid_down = "unknown", kept_alive = "unknown" },
  },
}
