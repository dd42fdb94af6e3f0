return test "4.1" {
  as_of = "2026-06-30",
  organization = {
    id = "acme", name = "Acme", handles_personal_data = true, develops_software = true, jurisdictions = { "DE" },
  },
  baseline = {
    people = {
      { id = "ann", name = "Ann Lee", kind = "employee", start_date = "2020-01-01", remote_worker = true },
      { id = "bob", name = "Bob Ray", kind = "employee", start_date = "2019-01-01", end_date = "2026-03-31" },
    },
    suppliers = { { id = "s1", name = "Cloudy", criticality = "high", status = "active" } },
    incidents = {
      { id = "i1", title = "Ransom note", severity = "critical", detected_at = "2026-01-10T08:00:00Z", status = "closed" },
    },
    context_issues = {
      { id = "law", title = "Data protection law", kind = "external", category = "legal", relevant = true, owner = "ann",
        description = "Regulators fine late breach reports", identified_at = "2025-01-01", reviewed_at = "2026-02-01", status = "open" },
      { id = "tech", title = "Cloud stack", kind = "external", category = "technology", relevant = true, owner = "ann",
        description = "All services run in one cloud", identified_at = "2025-01-01", reviewed_at = "2026-02-01", status = "open" },
      { id = "chain", title = "Few suppliers", kind = "internal", category = "supply_chain", relevant = true, owner = "ann",
        description = "Two suppliers carry the whole product", identified_at = "2025-01-01", reviewed_at = "2026-02-01", status = "open" },
      { id = "home", title = "Home offices", kind = "internal", category = "people", relevant = true, owner = "ann",
        description = "Half of the staff works from home", identified_at = "2025-08-01", status = "open" },
      { id = "climate", title = "Climate", kind = "external", category = "climate", relevant = false,
        rationale = "No site lies where floods or heat threaten it", identified_at = "2025-09-01", status = "open" },
    },
  },

  case "one relevant issue inside is too few" {
    with = { context_issues = { { id = "home", description = "tbd" } } },
    expect = { both_sides_identified = { "internal", message = "only 1 relevant internal issues are described; 2 are expected" } },
  },
  case "the number asked for can be lowered" {
    with = { context_issues = { { id = "home", description = "tbd" } } }, params = { min_per_side = 1 },
    expect = { both_sides_identified = "pass" },
  },
  case "issues that are closed or irrelevant do not count" {
    with = { context_issues = { { id = "home", status = "closed" }, { id = "chain", relevant = false } } },
    expect = { both_sides_identified = { "internal" } },
  },
  case "without the register nothing can be told" {
    without = { "context_issues" },
    expect = {
      both_sides_identified = "unknown", climate_decided = "unknown", matches_facts = "unknown", issues_reviewed = "unknown",
      shocks_considered = "unknown", issues_owned = "unknown", status = "insufficient_evidence",
    },
  },
  case "climate change was never looked at" {
    without = { context_issues = { "climate" } },
    expect = { climate_decided = { message = "it was never decided whether climate change is a relevant issue" } },
  },
  case "an issue without a decision decides nothing" {
    with = { context_issues = { { id = "climate", relevant = absent } } },
    expect = { climate_decided = { "climate", message = "climate issue climate is recorded without a decision whether it is relevant" } },
  },
  case "a decision needs a reason" {
    with = { context_issues = { { id = "climate", rationale = absent } } },
    expect = { climate_decided = { "climate", message = "the decision on climate change in climate is given without a reason" } },
  },
  case "a reason has to say something" {
    with = { context_issues = { { id = "climate", rationale = "not applicable" } } },
    expect = { climate_decided = { "climate" } },
  },
  case "the decision holds for as long as the interval" {
    with = { context_issues = { { id = "climate", identified_at = "2025-06-30" } } },
    expect = { climate_decided = "pass", issues_reviewed = "pass" },
  },
  case "a day later it is stale" {
    with = { context_issues = { { id = "climate", identified_at = "2025-06-29" } } },
    expect = {
      climate_decided = { "climate", message = "whether climate change is a relevant issue was last decided 366 days ago" },
      issues_reviewed = { "climate", message = "issue climate (Climate) was last reviewed 366 days ago" },
    },
  },
  case "relevant, but closed" {
    with = { context_issues = { { id = "climate", relevant = true, status = "closed" } } },
    expect = { climate_decided = { "climate", message = "climate change is held to be relevant, yet issue climate is closed" } },
  },
  case "the newest climate issue decides" {
    add = { context_issues = { { id = "heat", title = "Heat", kind = "external", category = "climate", relevant = true,
      rationale = "Summers stop the cooling of the server room", owner = "ann", identified_at = "2026-05-01", status = "open" } } },
    expect = { climate_decided = "pass" },
  },
  case "facts call for issues" {
    with = { context_issues = { { id = "law", status = "closed" } } },
    expect = { matches_facts = { "legal",
      message = "no relevant issue of category legal, although the organisation handles personal data or is bound to jurisdictions" } },
  },
  case "no facts, no question" {
    organization = { handles_personal_data = false, develops_software = false, jurisdictions = absent },
    with = { people = { { id = "ann", remote_worker = false } }, suppliers = { { id = "s1", criticality = "low" } } },
    expect = { matches_facts = "n_a" },
  },
  case "a review before the issue was found proves nothing" {
    with = { context_issues = { { id = "home", identified_at = "2026-06-01", reviewed_at = "2026-05-31" } } },
    expect = { issues_reviewed = { "home" } },
  },
  case "no open issue at all" {
    only = { context_issues = {} },
    expect = { issues_reviewed = "unknown", issues_owned = "unknown", both_sides_identified = { "internal", "external" } },
  },
  case "nobody looked again after the incident" {
    with = { context_issues = {
      { id = "law", reviewed_at = "2026-01-09" }, { id = "tech", reviewed_at = "2026-01-09" }, { id = "chain", reviewed_at = "2026-01-09" },
    } },
    expect = { shocks_considered = { "i1", message = "no issue was added or reviewed since critical incident i1 (Ransom note)" } },
  },
  case "looking again on the day of the incident counts" {
    with = { context_issues = {
      { id = "law", reviewed_at = "2026-01-10" }, { id = "tech", reviewed_at = absent }, { id = "chain", reviewed_at = absent },
    } },
    expect = { shocks_considered = "pass" },
  },
  case "an incident of last month may still be pondered" {
    with = { incidents = { { id = "i1", detected_at = "2026-05-30T00:00:00Z" } } },
    expect = { shocks_considered = "n_a" },
  },
  case "without incidents the question falls away" {
    without = { "incidents" },
    expect = { shocks_considered = "n_a" },
  },
  case "an issue without an owner" {
    with = { context_issues = { { id = "law", owner = absent } } },
    expect = { issues_owned = { "law", message = "issue law (Data protection law) has no owner" } },
  },
  case "an owner who has left" {
    with = { context_issues = { { id = "law", owner = "bob" } } },
    expect = { issues_owned = { "law", message = "issue law (Data protection law) is owned by Bob Ray, who has left" } },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = { review_interval = "365 d", min_per_side = 2, shock_response = "90 d", lookback = "365 d" } },
  },
  case "an issue that is closed does not count" {
    with = { context_issues = { { id = "home", status = "closed" } } },
    expect = { both_sides_identified = { "internal" } },
  },
  case "nor does one that is irrelevant" {
    with = { context_issues = { { id = "law", relevant = false } } },
    expect = { both_sides_identified = { "external" }, matches_facts = { "legal" } },
  },
  case "an old decision, looked at again" {
    with = { context_issues = { { id = "climate", identified_at = "2025-01-01", reviewed_at = "2026-02-01" } } },
    expect = { climate_decided = "pass" },
  },
  case "an older decision that comes later in the file" {
    with = { context_issues = {
      { id = "c2", title = "Heat", kind = "external", category = "climate", identified_at = "2025-08-01", status = "open" },
    } },
    expect = { climate_decided = "pass" },
  },
  case "a newer one without a reason" {
    with = { context_issues = {
      { id = "c2", title = "Heat", kind = "external", category = "climate", relevant = false, identified_at = "2025-10-01", status = "open" },
    } },
    expect = { climate_decided = { "c2" } },
  },
  case "of two of one day the later in the file decides" {
    with = { context_issues = {
      { id = "c2", title = "Heat", kind = "external", category = "climate", relevant = false, identified_at = "2025-09-01", status = "open" },
    } },
    expect = { climate_decided = { "c2" } },
  },
  case "a stale decision without a reason" {
    with = { context_issues = { { id = "climate", identified_at = "2025-01-01", rationale = absent } } },
    expect = { climate_decided = { "climate", message = "the decision on climate change in climate is given without a reason" } },
  },
  case "what is irrelevant may be closed" {
    with = { context_issues = { { id = "climate", status = "closed" } } },
    expect = { climate_decided = "pass" },
  },
  case "one fact of each kind: jurisdictions, development, a supplier of high importance" {
    organization = { handles_personal_data = absent },
    with = { context_issues = {
      { id = "law", status = "closed" }, { id = "tech", status = "closed" }, { id = "chain", status = "closed" }, { id = "home", status = "closed" },
    } },
    expect = { matches_facts = { "legal", "technology", "supply_chain", "people" } },
  },
  case "the other ones: personal data, the cloud, a critical supplier" {
    organization = { jurisdictions = absent, develops_software = absent, uses_cloud = true },
    with = {
      suppliers = { { id = "s1", criticality = "critical" } },
      context_issues = { { id = "law", status = "closed" }, { id = "tech", status = "closed" }, { id = "chain", status = "closed" } },
    },
    expect = { matches_facts = { "legal", "technology", "supply_chain" } },
  },
  case "a supplier of the past" {
    with = { suppliers = { { id = "s1", status = "terminated" } }, context_issues = { { id = "chain", status = "closed" } } },
    expect = { matches_facts = { passes = true, population = 3 } },
  },
  case "closed issues need no look, nor an owner" {
    with = { context_issues = { { id = "law", status = "closed", reviewed_at = "2025-02-01", owner = absent } } },
    expect = { issues_reviewed = { passes = true, population = 4 }, issues_owned = { passes = true, population = 3 } },
  },
  case "reviewed on the day it was found" {
    with = { context_issues = { { id = "home", reviewed_at = "2025-08-01" } } },
    expect = { issues_reviewed = "pass" },
  },
  case "reviewed before it was found" {
    with = { context_issues = { { id = "law", identified_at = "2026-03-01" } } },
    expect = { issues_reviewed = { "law", message = "issue law (Data protection law) was last reviewed 149 days ago" } },
  },
  case "incidents that are not critical" {
    with = { incidents = { { id = "i2", title = "Outage", severity = "high", detected_at = "2026-03-01T08:00:00Z", status = "closed" } } },
    expect = { shocks_considered = { passes = true, population = 1 } },
  },
  case "a critical incident of long ago" {
    with = { incidents = { { id = "i2", title = "Outage", severity = "critical", detected_at = "2025-06-01T08:00:00Z", status = "closed" } } },
    expect = { shocks_considered = { passes = true, population = 1 } },
  },
  case "an incident whose time is up today" {
    with = { incidents = { { id = "i2", title = "Outage", severity = "critical", detected_at = "2026-04-01T08:00:00Z", status = "closed" } } },
    expect = { shocks_considered = { "i2", population = 2 } },
  },
  case "a look that is still to come" {
    with = { context_issues = {
      { id = "law", reviewed_at = "2025-12-01" }, { id = "tech", reviewed_at = "2025-12-01" }, { id = "chain", reviewed_at = "2026-07-01" },
    } },
    expect = { shocks_considered = { "i1" } },
  },
  case "a look today" {
    with = { context_issues = {
      { id = "law", reviewed_at = "2025-12-01" }, { id = "tech", reviewed_at = "2025-12-01" }, { id = "chain", reviewed_at = "2026-06-30" },
    } },
    expect = { shocks_considered = "pass" },
  },
  case "a new issue after the incident" {
    with = { context_issues = {
      { id = "law", reviewed_at = "2025-12-01" }, { id = "tech", reviewed_at = "2025-12-01" }, { id = "chain", reviewed_at = "2025-12-01" },
      { id = "new", title = "Gangs", kind = "external", category = "threat", identified_at = "2026-02-05", status = "open" },
    } },
    expect = { shocks_considered = "pass" },
  },
}
