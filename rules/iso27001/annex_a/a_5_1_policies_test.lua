-- The policy is reviewed on 2026-01-10; Eve leads the organisation, Bob reports to her, Cat to Bob.
return test "A.5.1" {
  as_of = "2026-06-30",
  organization = {
    id = "acme", name = "Acme",
    uses_cloud = true, develops_software = true, has_premises = true, handles_personal_data = true,
  },
  baseline = {
    people = {
      { id = "eve", name = "Eve", kind = "employee", start_date = "2019-01-01" },
      { id = "bob", name = "Bob", kind = "employee", start_date = "2020-01-01", manager_id = "eve" },
      { id = "cat", name = "Cat", kind = "employee", start_date = "2021-01-01", manager_id = "bob" },
    },
    documents = {
      {
        id = "isp", title = "Security policy", kind = "policy", topics = { "information_security" }, version = "2.0",
        status = "published", owner = "bob", approved_by = "eve", approved_at = "2026-01-10",
        published_at = "2026-01-15", reviewed_at = "2026-01-10", next_review_at = "2027-01-10",
      },
      {
        id = "tp", title = "Topic policies", kind = "topic_policy", version = "1.1", status = "published",
        topics = {
          "access_control", "acceptable_use", "asset_management", "classification", "information_transfer", "incident",
          "backup", "cryptography", "endpoint", "network", "supplier", "vulnerability",
          "cloud", "development", "physical_security", "privacy",
        },
        owner = "cat", approved_by = "bob", approved_at = "2026-02-01", published_at = "2026-02-03",
        reviewed_at = "2026-02-01",
      },
    },
    acknowledgements = {
      { person_id = "eve", document_id = "isp", version = "2.0", acknowledged_at = "2026-01-15" },
      { person_id = "bob", document_id = "isp", version = "2.0", acknowledged_at = "2026-01-20" },
      { person_id = "cat", document_id = "isp", version = "2.0", acknowledged_at = "2026-01-20" },
    },
    changes = {
      { id = "chg", title = "New site", target = "isms", kind = "normal", status = "closed",
        implemented_at = "2026-01-05T10:00:00Z" },
    },
    incidents = {
      { id = "inc", title = "Ransomware", severity = "critical", status = "closed",
        detected_at = "2025-11-20T08:00:00Z", closed_at = "2025-12-01T08:00:00Z" },
    },
  },

  -- isms_policy_in_force, topic_policies_in_force

  case "nobody approved the policy" {
    with = { documents = { { id = "isp", approved_by = absent } } },
    expect = {
      isms_policy_in_force = {
        message = "no information security policy is in force: Security policy has no approver",
      },
    },
  },
  case "the owner approved the policy" {
    with = { documents = { { id = "isp", owner = "eve" } } },
    expect = {
      isms_policy_in_force = {
        message = "no information security policy is in force: Security policy was approved by its owner",
      },
    },
  },
  case "a standard is no policy" {
    with = { documents = { { id = "isp", kind = "standard" } } },
    expect = { isms_policy_in_force = "fail" },
  },
  case "an old version is still published" {
    add = { documents = { {
      id = "isp1", title = "Security Policy", kind = "policy", topics = { "Information Security" }, version = "1.0",
      status = "published",
    } } },
    expect = {
      isms_policy_in_force = {
        message = "no information security policy is in force: two published policies bear the same title",
      },
    },
  },
  case "a policy is in force for exactly the interval" {
    with = { documents = { { id = "isp", approved_at = "2025-06-30", reviewed_at = absent } } },
    expect = { isms_policy_in_force = "pass", policies_reviewed = "pass" },
  },
  case "a policy is a day past its interval" {
    with = { documents = { { id = "isp", approved_at = "2025-06-29", reviewed_at = absent } } },
    expect = { isms_policy_in_force = "fail", policies_reviewed = { "isp" } },
  },
  case "a longer interval for reviews" {
    with = { documents = { { id = "isp", approved_at = "2025-06-29", reviewed_at = absent } } },
    params = { policy_review_interval = "366 d" },
    expect = { isms_policy_in_force = "pass", policies_reviewed = "pass" },
  },
  case "some topics have no policy" {
    with = { documents = { { id = "tp", topics = {
      "Access Control", "acceptable-use", "asset_management", "classification", "information_transfer", "incident",
      "backup", "cryptography", "endpoint", "network", "supplier",
    } } } },
    expect = {
      topic_policies_in_force = {
        "vulnerability", "cloud", "development", "physical_security", "privacy",
        message = "no policy on vulnerability is in force",
      },
    },
  },
  case "a guideline settles no topic, a procedure does" {
    with = { documents = { { id = "tp", kind = "guideline" } } },
    add = { documents = {
      { id = "p1", title = "Backup procedure", kind = "procedure", topics = { "backup" }, version = "1",
        status = "published", owner = "cat", approved_by = "bob", approved_at = "2026-02-01" },
      { id = "p2", title = "Network standard", kind = "standard", topics = { "network" }, version = "1",
        status = "published", owner = "cat", approved_by = "bob", approved_at = "2026-02-01" },
      { id = "p3", title = "Cloud policy", kind = "policy", topics = { "cloud" }, version = "1",
        status = "published", owner = "cat", approved_by = "bob", approved_at = "2026-02-01" },
    } },
    params = { required_topics = { "backup", "network", "cloud", "supplier" } },
    expect = { topic_policies_in_force = { "supplier", "development", "physical_security", "privacy" } },
  },
  case "what the organisation does not have needs no policy" {
    organization = {
      uses_cloud = false, develops_software = absent, has_premises = false, handles_personal_data = absent,
    },
    with = { documents = { { id = "tp", topics = { "backup" } } } },
    params = { required_topics = { "backup" } },
    expect = { topic_policies_in_force = "pass" },
  },
  case "no topics are required" {
    organization = {
      uses_cloud = absent, develops_software = absent, has_premises = absent, handles_personal_data = absent,
    },
    params = { required_topics = {} },
    expect = { topic_policies_in_force = "n_a" },
  },
  case "no register of documents" {
    without = { "documents" },
    expect = {
      isms_policy_in_force = "unknown", topic_policies_in_force = "unknown", policies_reviewed = "unknown",
      approved_at_the_top = "unknown", people_acknowledged = "unknown", reviewed_after_change = "unknown",
      dates_credible = "unknown",
    },
  },

  -- policies_reviewed

  case "nobody reviewed the policy in time" {
    with = { documents = { { id = "isp", approved_at = "2024-06-30", reviewed_at = "2025-06-25" } } },
    expect = {
      policies_reviewed = {
        "isp",
        message = "Security policy 2.0 was last reviewed 370 days ago or is past its own review date 2027-01-10",
      },
    },
  },
  case "the policy's own review date is today" {
    with = { documents = { { id = "isp", next_review_at = "2026-06-30" } } },
    expect = { policies_reviewed = "pass" },
  },
  case "the policy's own review date has passed" {
    with = { documents = { { id = "isp", next_review_at = "2026-06-29" } } },
    expect = {
      policies_reviewed = {
        "isp",
        message = "Security policy 2.0 was last reviewed 171 days ago or is past its own review date 2026-06-29",
      },
    },
  },
  case "no date of approval" {
    with = { documents = { { id = "isp", approved_at = absent, reviewed_at = absent } } },
    expect = {
      policies_reviewed = { "isp", message = "Security policy is published, but no approval date is recorded" },
      approved_at_the_top = { "isp", message = "Security policy is published, but no approval date is recorded" },
    },
  },
  case "nothing is published" {
    with = { documents = { { id = "isp", status = "draft" }, { id = "tp", status = "retired" } } },
    expect = {
      policies_reviewed = "unknown", approved_at_the_top = "unknown", people_acknowledged = "unknown",
      dates_credible = "unknown",
    },
  },

  -- approved_at_the_top

  case "no approver" {
    with = { documents = { { id = "tp", approved_by = absent } } },
    expect = { approved_at_the_top = { "tp", message = "Topic policies is published without a named approver" } },
  },
  case "the owner approved the own policy" {
    with = { documents = { { id = "isp", owner = "eve" } } },
    expect = {
      approved_at_the_top = {
        "isp", message = "approval of Security policy by Eve does not count: its owner approved it",
      },
    },
  },
  case "the approver came later" {
    with = { people = { { id = "eve", start_date = "2026-01-11" } } },
    expect = {
      approved_at_the_top = {
        "isp",
        message = "approval of Security policy by Eve does not count: "
          .. "the approver was not with the organisation on 2026-01-10",
      },
    },
  },
  case "the approver stands below the top" {
    with = { documents = { { id = "isp", owner = "cat", approved_by = "bob" } } },
    expect = {
      approved_at_the_top = {
        "isp",
        message = "approval of Security policy by Bob does not count: "
          .. "the approver stands more than 0 steps below top management",
      },
    },
  },
  case "approval of the policy is delegated" {
    with = { documents = { { id = "isp", owner = "cat", approved_by = "bob" } } },
    params = { policy_levels = 1 },
    expect = { approved_at_the_top = "pass" },
  },
  case "topic policies approved as far down as allowed" {
    with = { documents = { { id = "tp", owner = "bob", approved_by = "cat" } } },
    params = { topic_levels = 2 },
    expect = { approved_at_the_top = "pass" },
  },
  case "topic policies approved a step further down" {
    with = { documents = { { id = "tp", owner = "bob", approved_by = "cat" } } },
    params = { topic_levels = 1 },
    expect = { approved_at_the_top = { "tp" } },
  },
  case "nobody leads the organisation" {
    with = { people = { { id = "eve", manager_id = "bob" } } },
    expect = { approved_at_the_top = "unknown" },
  },

  -- people_acknowledged

  case "acknowledged on the last day" {
    with = { acknowledgements = { [3] = { acknowledged_at = "2026-02-14" } } },
    expect = { people_acknowledged = "pass" },
  },
  case "acknowledged a day late" {
    with = { acknowledgements = { [3] = { acknowledged_at = "2026-02-15" } } },
    expect = {
      people_acknowledged = { "cat", message = "Cat has not acknowledged Security policy 2.0 within 30 days" },
    },
  },
  case "acknowledged an old version" {
    with = { acknowledgements = { [3] = { version = "1.0" } } },
    expect = { people_acknowledged = { "cat" } },
  },
  case "a share has not acknowledged" {
    without = { acknowledgements = { 3 } },
    params = { ack_share = 66 },
    expect = { people_acknowledged = { passes = true, "cat" } },
  },
  case "too large a share has not acknowledged" {
    without = { acknowledgements = { 3 } },
    params = { ack_share = 67 },
    expect = { people_acknowledged = { "cat" } },
  },
  case "a newcomer still has time" {
    add = { people = {
      { id = "dan", name = "Dan", kind = "employee", start_date = "2026-05-31", manager_id = "bob" },
    } },
    expect = { people_acknowledged = "pass" },
  },
  case "a newcomer's time is up" {
    add = { people = {
      { id = "dan", name = "Dan", kind = "employee", start_date = "2026-05-30", manager_id = "bob" },
    } },
    expect = { people_acknowledged = { "dan" } },
  },
  case "more time to acknowledge" {
    add = { people = {
      { id = "dan", name = "Dan", kind = "employee", start_date = "2026-05-30", manager_id = "bob" },
    } },
    params = { ack_within = "31 d" },
    expect = { people_acknowledged = "pass" },
  },
  case "the policy is for others" {
    with = { documents = { { id = "isp", audience = { "contractor" } } } },
    expect = { people_acknowledged = "unknown" },
  },
  case "no register of acknowledgements" {
    without = { "acknowledgements" },
    expect = { people_acknowledged = "unknown" },
  },
  case "no register of people" {
    without = { "people" },
    expect = { approved_at_the_top = "unknown", people_acknowledged = "unknown" },
  },

  -- reviewed_after_change

  case "no review since the change" {
    with = { changes = { { id = "chg", implemented_at = "2026-03-31T10:00:00Z" } } },
    expect = {
      reviewed_after_change = {
        "chg", message = "the security policy was not reviewed after New site, allowed were 90 days",
      },
    },
  },
  case "reviewed on the day of the change" {
    with = { changes = { { id = "chg", implemented_at = "2026-01-10T10:00:00Z" } } },
    expect = { reviewed_after_change = "pass" },
  },
  case "reviewed today" {
    with = {
      changes = { { id = "chg", implemented_at = "2026-03-31T10:00:00Z" } },
      documents = { { id = "isp", reviewed_at = "2026-06-30" } },
    },
    expect = { reviewed_after_change = "pass" },
  },
  case "no review since the incident" {
    with = { incidents = { { id = "inc", closed_at = "2026-01-11T08:00:00Z" } } },
    expect = { reviewed_after_change = { "inc" } },
  },
  case "there is still time for the review" {
    with = { changes = { { id = "chg", implemented_at = "2026-04-01T10:00:00Z" } } },
    expect = { reviewed_after_change = "pass" },
  },
  case "less time for the review" {
    with = { changes = { { id = "chg", implemented_at = "2026-04-01T10:00:00Z" } } },
    params = { review_after_change = "89 d" },
    expect = { reviewed_after_change = { "chg" } },
  },
  case "nothing happened in the period" {
    with = {
      changes = { { id = "chg", implemented_at = "2025-06-29T10:00:00Z" } },
      incidents = { { id = "inc", severity = "high" } },
    },
    expect = { reviewed_after_change = "n_a" },
  },
  case "a change on the first day of the period" {
    with = { changes = { { id = "chg", implemented_at = "2025-06-30T10:00:00Z" } } },
    without = { "incidents" },
    expect = { reviewed_after_change = { passes = true, population = 1 } },
  },
  case "a longer period" {
    with = { changes = { { id = "chg", implemented_at = "2025-06-29T10:00:00Z" } } },
    without = { "incidents" },
    params = { lookback = "366 d" },
    expect = { reviewed_after_change = "pass" },
  },
  case "neither changes nor incidents are supplied" {
    without = { "changes", "incidents" },
    expect = { reviewed_after_change = "n_a" },
  },

  -- dates_credible

  case "published before it was approved" {
    with = { documents = { { id = "isp", published_at = "2026-01-09" } } },
    expect = {
      dates_credible = {
        "isp",
        message = "dates of Security policy are not credible: "
          .. "published_at 2026-01-09 comes before approved_at 2026-01-10",
      },
    },
  },
  case "reviewed in the future" {
    with = { documents = { { id = "isp", reviewed_at = "2026-07-01" } } },
    expect = {
      dates_credible = {
        "isp", message = "dates of Security policy are not credible: reviewed_at is in the future",
      },
    },
  },
  case "the next review does not come after the last" {
    with = { documents = { { id = "isp", next_review_at = "2026-01-10" } } },
    expect = {
      dates_credible = {
        "isp",
        message = "dates of Security policy are not credible: "
          .. "its next review on 2026-01-10 does not come after the last one",
      },
    },
  },
  case "all policies reviewed at one date" {
    with = { documents = { { id = "isp", reviewed_at = "2026-02-01" } } },
    params = { stamp_min = 2 },
    expect = {
      dates_credible = {
        "isp", "tp",
        message = "dates of Security policy are not credible: reviewed_at 2026-02-01 stands in 2 of 2 records",
      },
    },
  },
  case "too few policies for a rubber stamp" {
    with = { documents = { { id = "isp", reviewed_at = "2026-02-01" } } },
    params = { stamp_min = 3 },
    expect = { dates_credible = "pass" },
  },
  case "one date for just the share that is allowed" {
    params = { stamp_min = 2, stamp_share = 50 },
    expect = { dates_credible = "pass" },
  },
  case "one date for more than the share that is allowed" {
    params = { stamp_min = 2, stamp_share = 49 },
    expect = { dates_credible = { "isp", "tp" } },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = {
      policy_review_interval = "365 d", ack_within = "30 d", ack_share = 95, policy_levels = 0, topic_levels = 3, review_after_change = "90 d",
      stamp_share = 80, stamp_min = 10, lookback = "365 d",
      required_topics = {
        "access_control", "acceptable_use", "asset_management", "classification", "information_transfer", "incident",
        "backup", "cryptography", "endpoint", "network", "supplier", "vulnerability",
      },
    } },
  },
  case "a standard and a retired policy of the same title" {
    with = { documents = {
      { id = "std", title = "Security policy", kind = "standard", topics = { "information_security" }, version = "1", status = "published" },
      { id = "isp1", title = "Security policy", kind = "policy", topics = { "information_security" }, version = "1.0", status = "retired" },
    } },
    expect = {
      isms_policy_in_force = "pass", policies_reviewed = { passes = true, population = 2 }, approved_at_the_top = { passes = true, population = 2 },
      dates_credible = { passes = true, population = 2 },
    },
  },
  case "each fact about the organisation asks for its own topic" {
    organization = { develops_software = false, has_premises = false },
    with = { documents = { { id = "tp", topics = {
      "access_control", "acceptable_use", "asset_management", "classification", "information_transfer", "incident",
      "backup", "cryptography", "endpoint", "network", "supplier", "vulnerability",
    } } } },
    expect = { topic_policies_in_force = { "cloud", "privacy" } },
  },
  case "past its own date, approved after the review" {
    with = { documents = { { id = "isp", approved_at = "2026-02-10", next_review_at = "2026-06-29" } } },
    expect = { policies_reviewed = { "isp",
      message = "Security policy 2.0 was last reviewed 140 days ago or is past its own review date 2026-06-29" } },
  },
  case "who has left need not acknowledge" {
    with = { people = { { id = "dan", name = "Dan", kind = "employee", start_date = "2021-01-01", end_date = "2026-03-01" } } },
    expect = { people_acknowledged = { passes = true, population = 3 } },
  },
  case "published this month" {
    with = { documents = { { id = "isp", published_at = "2026-06-15" } } },
    expect = { people_acknowledged = "unknown" },
  },
  case "a change of a system, and one that was not made" {
    with = { changes = {
      { id = "sys", title = "New shop", target = "system", kind = "normal", status = "closed", implemented_at = "2026-02-01T10:00:00Z" },
      { id = "not", title = "New unit", target = "isms", kind = "normal", status = "rejected", implemented_at = "2026-02-01T10:00:00Z" },
    } },
    expect = { reviewed_after_change = { passes = true, population = 2 } },
  },
  case "a change that is not closed yet" {
    with = { changes = { { id = "new", title = "New unit", target = "isms", kind = "normal", status = "implemented",
      implemented_at = "2026-02-01T10:00:00Z" } } },
    expect = { reviewed_after_change = { "new" } },
  },
  case "the review will be tomorrow" {
    with = { documents = { { id = "isp", approved_at = "2025-09-01", reviewed_at = "2026-07-01" } } },
    expect = { reviewed_after_change = { "chg", "inc" } },
  },
  case "only a draft was looked at" {
    with = { documents = {
      { id = "isp", approved_at = "2025-09-01", reviewed_at = absent },
      { id = "isp3", title = "Security policy, new", kind = "policy", topics = { "information_security" }, version = "3.0", status = "draft",
        reviewed_at = "2026-03-01" },
    } },
    expect = { reviewed_after_change = { "chg", "inc" } },
  },
  case "approved after the change, not reviewed" {
    with = { documents = { { id = "isp", reviewed_at = absent } } },
    expect = { reviewed_after_change = "pass" },
  },
  case "the first approval is no date that is asked for" {
    with = { documents = { { id = "isp", first_approved_at = "2026-07-05" } } },
    expect = { dates_credible = "pass" },
  },
}
