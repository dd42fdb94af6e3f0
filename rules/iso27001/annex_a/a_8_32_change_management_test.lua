return test "A.8.32" {
  as_of = "2026-06-30T12:00:00Z",
  baseline = {
    people = {
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
      { id = "ben", name = "Ben", kind = "employee", start_date = "2020-01-01" },
      { id = "cat", name = "Cat", kind = "employee", start_date = "2020-01-01" },
      { id = "dan", name = "Dan", kind = "employee", start_date = "2020-01-01", end_date = "2026-02-01" },
    },
    documents = {
      { id = "cp", title = "Change procedure", kind = "procedure", topics = { "change_management" }, version = "1",
        status = "published", owner = "ben", approved_by = "ann", approved_at = "2026-01-10" },
    },
    changes = {
      { id = "c1", title = "New login", target = "application", kind = "normal", risk_assessed = true, tested = true,
        rollback_plan = true, requested_by = "ben", requested_at = "2026-03-01T09:00:00Z", approved_by = "ann",
        approved_at = "2026-03-02T09:00:00Z", implemented_by = "ben", implemented_at = "2026-03-03T09:00:00Z",
        outcome = "success", status = "closed" },
      { id = "c2", title = "Monthly patches", target = "system", kind = "standard", requested_by = "ben",
        requested_at = "2026-04-01T09:00:00Z", approved_by = "ann", approved_at = "2026-04-01T09:00:00Z",
        implemented_by = "ann", implemented_at = "2026-04-02T09:00:00Z", outcome = "success", status = "closed" },
      { id = "c3", title = "Stop the attack", target = "infrastructure", kind = "emergency", requested_by = "ben",
        approved_by = "ann", approved_at = "2026-05-03T09:00:00Z", implemented_by = "cat",
        implemented_at = "2026-05-01T09:00:00Z", reviewed_at = "2026-05-15T09:00:00Z", outcome = "failed",
        status = "closed" },
    },
    assets = {
      { id = "web", name = "Web server", type = "hardware", status = "in_use" },
    },
    releases = {
      { id = "rel", application_id = "shop", version = "1.4", change_id = "c1", deployed_at = "2026-03-03T09:00:00Z",
        status = "deployed" },
    },
    firewall_rules = {
      { id = "fw/1", device_id = "fw", source = "any", destination = "web", services = { "tcp/443" }, action = "allow",
        enabled = true, change_id = "c1", created_at = "2026-03-03" },
    },
    network_devices = {
      { id = "fw", name = "Firewall", kind = "firewall", config_changed_at = "2026-05-01T09:00:00Z",
        config_change_id = "c3", status = "in_use" },
    },
    software_installations = {
      { asset_id = "web", name = "nginx", kind = "application", installed_at = "2026-04-02T09:00:00Z",
        method = "package_manager", change_id = "c2", observed_at = "2026-06-01T00:00:00Z" },
      { asset_id = "web", name = "curl", kind = "library", installed_at = "2026-04-02T09:00:00Z",
        observed_at = "2026-06-01T00:00:00Z" },
    },
    detection_rules = {
      { id = "fim", title = "File integrity", tool = "aide", kind = "integrity", action = "alert", enabled = true },
      { id = "av", title = "Malware", tool = "edr", kind = "endpoint", action = "alert", enabled = true },
    },
    alerts = {
      { id = "al", rule_id = "fim", tool = "aide", severity = "low", raised_at = "2026-04-02T10:00:00Z",
        asset_id = "web", verdict = "authorised", change_id = "c2", status = "closed" },
      { id = "al2", rule_id = "av", tool = "edr", severity = "low", raised_at = "2026-04-02T10:00:00Z",
        verdict = "authorised", status = "closed" },
    },
  },

  -- procedure_in_force

  case "no procedure" {
    with = { documents = { { id = "cp", status = "draft" } } },
    expect = {
      procedure_in_force = {
        message = "no procedure for changes is in force: no document on change_management is published",
      },
    },
  },
  case "the procedure is in force for exactly the interval" {
    with = { documents = { { id = "cp", approved_at = "2025-06-30" } } },
    expect = { procedure_in_force = "pass" },
  },
  case "the procedure is a day past its interval" {
    with = { documents = { { id = "cp", approved_at = "2025-06-29" } } },
    expect = { procedure_in_force = "fail" },
  },
  case "a longer interval for the procedure" {
    with = { documents = { { id = "cp", approved_at = "2025-06-29" } } },
    params = { policy_review_interval = "366 d" },
    expect = { procedure_in_force = "pass" },
  },
  case "no register of documents" {
    without = { "documents" },
    expect = { procedure_in_force = "unknown" },
  },

  -- changes_approved_by_another

  case "made without approval" {
    with = { changes = { { id = "c1", approved_by = absent } } },
    expect = {
      changes_approved_by_another = {
        "c1", message = "normal change c1 (New login) was made on 2026-03-03T09:00:00Z without approval",
      },
    },
  },
  case "an approval without date" {
    with = { changes = { { id = "c1", approved_at = absent } } },
    expect = {
      changes_approved_by_another = { "c1", message = "change c1 (New login) has no date of approval" },
    },
  },
  case "approved by who asked" {
    with = { changes = { { id = "c2", requested_by = "ann" } } },
    expect = {
      changes_approved_by_another = {
        "c2",
        message = "standard change c2 (Monthly patches), made on 2026-04-02T09:00:00Z: "
          .. "Ann asked for it and approved it",
      },
    },
  },
  case "approved by who made it" {
    with = { changes = { { id = "c1", implemented_by = "ann" } } },
    expect = {
      changes_approved_by_another = {
        "c1",
        message = "normal change c1 (New login), made on 2026-03-03T09:00:00Z: Ann approved it and made it",
      },
    },
  },
  case "approved at the last moment" {
    with = { changes = { { id = "c2", approved_at = "2026-04-02T09:00:00Z" } } },
    expect = { changes_approved_by_another = "pass" },
  },
  case "approved afterwards" {
    with = { changes = { { id = "c2", approved_at = "2026-04-02T09:00:01Z" } } },
    expect = {
      changes_approved_by_another = {
        "c2",
        message = "standard change c2 (Monthly patches), made on 2026-04-02T09:00:00Z: "
          .. "approved afterwards, on 2026-04-02T09:00:01Z",
      },
    },
  },
  case "approved by somebody who had left" {
    with = { changes = { { id = "c1", approved_by = "dan" } } },
    expect = {
      changes_approved_by_another = {
        "c1",
        message = "normal change c1 (New login), made on 2026-03-03T09:00:00Z: "
          .. "Dan was not with the organisation then",
      },
    },
  },
  case "nothing was changed in the period" {
    with = { changes = {
      { id = "c1", implemented_at = "2025-06-29T09:00:00Z" }, { id = "c2", status = "rejected" },
      { id = "c3", implemented_at = "2025-06-29T09:00:00Z" },
    } },
    expect = {
      changes_approved_by_another = "unknown", changes_assessed_and_tested = "unknown",
      emergencies_followed_up = "n_a", changes_closed = "n_a", records_credible = "unknown",
    },
  },
  case "a longer period" {
    with = { changes = { { id = "c1", implemented_at = "2025-06-29T09:00:00Z" } } },
    params = { lookback = "367 d" },
    expect = { changes_approved_by_another = { "c1" } },
  },
  case "no register of changes" {
    without = { "changes" },
    expect = {
      changes_approved_by_another = "unknown", changes_assessed_and_tested = "unknown",
      emergencies_followed_up = "unknown", nothing_unrecorded = "unknown", changes_closed = "unknown",
      records_credible = "unknown",
    },
  },
  case "no register of people" {
    without = { "people" },
    expect = { changes_approved_by_another = "unknown" },
  },

  -- changes_assessed_and_tested

  case "nobody knows of the risk" {
    with = { changes = { { id = "c1", risk_assessed = absent } } },
    expect = {
      changes_assessed_and_tested = {
        "c1", message = "it is not recorded whether the risk of change c1 (New login) was assessed",
      },
    },
  },
  case "the risk was not assessed" {
    with = { changes = { { id = "c1", risk_assessed = false } } },
    expect = {
      changes_assessed_and_tested = { "c1", message = "change c1 (New login): its risk was not assessed" },
    },
  },
  case "nobody knows of a test" {
    with = { changes = { { id = "c1", tested = absent } } },
    expect = {
      changes_assessed_and_tested = {
        "c1", message = "it is not recorded whether change c1 (New login) was tested",
      },
    },
  },
  case "nobody knows of a way back" {
    with = { changes = { { id = "c1", rollback_plan = absent } } },
    expect = {
      changes_assessed_and_tested = {
        "c1", message = "it is not recorded how change c1 (New login) could be undone",
      },
    },
  },
  case "not every target can be tested" {
    with = { changes = { { id = "c1", target = "supplier", tested = false, rollback_plan = absent } } },
    expect = { changes_assessed_and_tested = "pass" },
  },

  -- emergencies_followed_up

  case "an emergency that nobody approved" {
    with = { changes = { { id = "c3", approved_by = absent } } },
    expect = {
      emergencies_followed_up = { "c3", message = "emergency change c3 (Stop the attack) was never approved" },
    },
  },
  case "an emergency approved at no time" {
    with = { changes = { { id = "c3", approved_at = absent } } },
    expect = {
      emergencies_followed_up = { "c3", message = "emergency change c3 (Stop the attack) has no date of approval" },
    },
  },
  case "an emergency approved by who asked" {
    with = { changes = { { id = "c3", requested_by = "ann" } } },
    expect = {
      emergencies_followed_up = {
        "c3",
        message = "emergency change c3 (Stop the attack) of 2026-05-01T09:00:00Z: Ann asked for it and approved it",
      },
    },
  },
  case "an emergency approved by who made it" {
    with = { changes = { { id = "c3", implemented_by = "ann" } } },
    expect = {
      emergencies_followed_up = {
        "c3",
        message = "emergency change c3 (Stop the attack) of 2026-05-01T09:00:00Z: Ann approved it and made it",
      },
    },
  },
  case "an emergency approved a second too late" {
    with = { changes = { { id = "c3", approved_at = "2026-05-03T09:00:01Z" } } },
    expect = {
      emergencies_followed_up = {
        "c3",
        message = "emergency change c3 (Stop the attack) of 2026-05-01T09:00:00Z: "
          .. "approved only on 2026-05-03T09:00:01Z",
      },
    },
  },
  case "more time for approving emergencies" {
    with = { changes = { { id = "c3", approved_at = "2026-05-03T09:00:01Z" } } },
    params = { emergency_within = "49 h" },
    expect = { emergencies_followed_up = "pass" },
  },
  case "an emergency that nobody reviewed" {
    with = { changes = { { id = "c3", reviewed_at = absent } } },
    expect = {
      emergencies_followed_up = { "c3", message = "emergency change c3 (Stop the attack) was never reviewed" },
    },
  },
  case "an emergency reviewed a second too late" {
    with = { changes = { { id = "c3", reviewed_at = "2026-05-15T09:00:01Z" } } },
    expect = {
      emergencies_followed_up = {
        "c3",
        message = "emergency change c3 (Stop the attack) of 2026-05-01T09:00:00Z: "
          .. "reviewed on 2026-05-15T09:00:01Z, not within 14 days",
      },
    },
  },
  case "more time for reviewing emergencies" {
    with = { changes = { { id = "c3", reviewed_at = "2026-05-15T09:00:01Z" } } },
    params = { emergency_review = "15 d" },
    expect = { emergencies_followed_up = "pass" },
  },
  case "an emergency may still be reviewed" {
    with = { changes = { { id = "c3", approved_at = "2026-06-16T12:00:00Z", implemented_at = "2026-06-16T12:00:00Z",
      reviewed_at = absent } } },
    expect = { emergencies_followed_up = "pass" },
  },
  case "emergencies are the rule" {
    params = { emergency_min = 3 },
    expect = {
      emergencies_followed_up = {
        "c3",
        message = "emergency change c3 (Stop the attack) of 2026-05-01T09:00:00Z: "
          .. "34 % of all changes are emergencies, at most 10 % may be",
      },
    },
  },
  case "too few changes to call it a rule" {
    params = { emergency_min = 4 },
    expect = { emergencies_followed_up = "pass" },
  },
  case "more emergencies are allowed" {
    without = { changes = { "c2" } },
    params = { emergency_min = 2, emergency_share = 50 },
    expect = { emergencies_followed_up = "pass" },
  },
  case "no emergencies" {
    without = { changes = { "c3" } },
    expect = { emergencies_followed_up = "n_a" },
  },
  case "no changes" {
    only = { changes = {} },
    expect = { emergencies_followed_up = "unknown" },
  },

  -- nothing_unrecorded

  case "a release without change" {
    with = { releases = { { id = "rel", change_id = absent } } },
    expect = {
      nothing_unrecorded = { "rel", message = "a release went live on shop, and no approved change stands behind it" },
    },
  },
  case "a firewall rule whose change was rejected" {
    add = { changes = { { id = "c9", title = "Open all", target = "infrastructure", kind = "normal",
      requested_by = "ben", approved_by = "ann", approved_at = "2026-03-01T09:00:00Z", status = "rejected" } } },
    with = { firewall_rules = { { id = "fw/1", change_id = "c9" } } },
    expect = {
      nothing_unrecorded = {
        "fw/1", message = "a firewall rule was made on fw, and no approved change stands behind it",
      },
    },
  },
  case "a device changed too long before the approval" {
    with = { network_devices = { { id = "fw", config_changed_at = "2026-05-01T08:59:59Z" } } },
    expect = {
      nothing_unrecorded = {
        "fw", message = "a network device was changed on Firewall, and no approved change stands behind it",
      },
    },
  },
  case "emergencies may be approved later" {
    with = { network_devices = { { id = "fw", config_changed_at = "2026-05-01T08:59:59Z" } } },
    params = { emergency_within = "49 h" },
    expect = { nothing_unrecorded = "pass" },
  },
  case "software installed without change" {
    with = { software_installations = { [1] = { change_id = absent } } },
    expect = {
      nothing_unrecorded = {
        1, message = "software was installed on Web server, and no approved change stands behind it",
      },
    },
  },
  case "automatic updates need no change" {
    with = { software_installations = { [1] = { change_id = absent, method = "automatic_update" } } },
    expect = { nothing_unrecorded = "pass" },
  },
  case "test systems need no change" {
    with = {
      software_installations = { [1] = { change_id = absent } },
      assets = { { id = "web", environment = "test" } },
    },
    expect = { nothing_unrecorded = "pass" },
  },
  case "libraries need a change too" {
    params = { judged_kinds = { "Application", "library" } },
    expect = { nothing_unrecorded = { 2 } },
  },
  case "an alert that no change explains" {
    with = { alerts = { { id = "al", change_id = absent } } },
    expect = {
      nothing_unrecorded = {
        "al", message = "an integrity alert was called authorised on web, and no approved change stands behind it",
      },
    },
  },
  case "no rules of detection" {
    without = { "detection_rules" },
    expect = { nothing_unrecorded = { passes = true, population = 4 } },
  },
  case "only some of the events are known" {
    without = { "firewall_rules", "network_devices", "software_installations", "alerts", "assets" },
    expect = { nothing_unrecorded = { passes = true, population = 1 } },
  },
  case "nothing happened in the period" {
    without = { "firewall_rules", "network_devices", "software_installations", "alerts" },
    with = { releases = { { id = "rel", deployed_at = "2025-06-29T09:00:00Z" } } },
    expect = { nothing_unrecorded = "unknown" },
  },
  case "no alert was raised" {
    without = { "releases", "firewall_rules", "network_devices", "software_installations" },
    only = { alerts = {} },
    expect = { nothing_unrecorded = "unknown" },
  },
  case "no events are known" {
    without = { "releases", "firewall_rules", "network_devices", "software_installations", "alerts" },
    expect = { nothing_unrecorded = "n_a" },
  },

  -- changes_closed

  case "a change without outcome" {
    with = { changes = { { id = "c1", outcome = absent } } },
    expect = {
      changes_closed = { "c1", message = "change c1 (New login) of 2026-03-03T09:00:00Z has no outcome" },
    },
  },
  case "a change that is not closed" {
    with = { changes = { { id = "c1", status = "implemented" } } },
    expect = {
      changes_closed = { "c1", message = "change c1 (New login) of 2026-03-03T09:00:00Z: it is still not closed" },
    },
  },
  case "a failed change that nobody looked into" {
    with = { changes = { { id = "c1", outcome = "rolled_back" } } },
    expect = {
      changes_closed = { "c1", message = "change c1 (New login) ended as rolled_back, and nobody looked into it" },
    },
  },
  case "a failed change reviewed too late" {
    with = { changes = { { id = "c3", reviewed_at = "2026-05-15T09:00:01Z" } } },
    expect = {
      changes_closed = {
        "c3",
        message = "change c3 (Stop the attack) of 2026-05-01T09:00:00Z: "
          .. "ended as failed and was reviewed on 2026-05-15T09:00:01Z, not within 14 days",
      },
    },
  },
  case "there is still time for closing" {
    with = { changes = { { id = "c1", implemented_at = "2026-05-31T12:00:00Z", status = "implemented" } } },
    expect = { changes_closed = { passes = true, population = 2 } },
  },
  case "less time for closing" {
    with = { changes = { { id = "c1", implemented_at = "2026-05-31T12:00:00Z", status = "implemented" } } },
    params = { close_within = "29 d" },
    expect = { changes_closed = { "c1" } },
  },

  -- records_credible

  case "a change without request" {
    with = { changes = { { id = "c1", requested_at = absent } } },
    expect = {
      records_credible = { "c1", message = "change c1 (New login) was made without a request on record" },
    },
  },
  case "approved before it was asked for" {
    with = { changes = { { id = "c2", requested_at = "2026-04-01T09:00:01Z" } } },
    expect = {
      records_credible = {
        "c2",
        message = "change c2 (Monthly patches) was requested 2026-04-01T09:00:01Z, approved 2026-04-01T09:00:00Z, "
          .. "made 2026-04-02T09:00:00Z: "
          .. "approved_at 2026-04-01T09:00:00Z comes before requested_at 2026-04-01T09:00:01Z",
      },
    },
  },
  case "asked for and approved at one moment" {
    with = { changes = { { id = "c1", requested_at = "2026-03-02T09:00:00Z" } } },
    expect = {
      records_credible = {
        "c1",
        message = "change c1 (New login) was requested 2026-03-02T09:00:00Z, approved 2026-03-02T09:00:00Z, "
          .. "made 2026-03-03T09:00:00Z: asked for and approved at the same moment",
      },
    },
  },
  case "approved and made at one moment" {
    with = { changes = { { id = "c1", approved_at = "2026-03-03T09:00:00Z" } } },
    expect = { records_credible = { "c1" } },
  },
  case "of days nobody can tell" {
    with = { changes = { { id = "c1", requested_at = "2026-03-03", approved_at = "2026-03-03",
      implemented_at = "2026-03-03" } } },
    expect = { records_credible = "pass" },
  },
  case "an emergency is recorded afterwards" {
    with = { changes = { { id = "c3", requested_at = "2026-05-02T09:00:00Z" } } },
    expect = { records_credible = "pass" },
  },
  case "an emergency reviewed before it was made" {
    with = { changes = { { id = "c3", reviewed_at = "2026-04-30T09:00:00Z" } } },
    expect = { records_credible = { "c3" } },
  },
  case "reviewed in the future" {
    with = { changes = { { id = "c1", reviewed_at = "2026-07-01T09:00:00Z" } } },
    expect = {
      records_credible = {
        "c1",
        message = "change c1 (New login) was requested 2026-03-01T09:00:00Z, approved 2026-03-02T09:00:00Z, "
          .. "made 2026-03-03T09:00:00Z: reviewed_at is in the future",
      },
    },
  },
  case "all approved at the same moment" {
    add = { changes = { { id = "c4", title = "New logo", target = "application", kind = "normal",
      requested_at = "2026-03-01T09:00:00Z", approved_at = "2026-03-02T09:00:00Z",
      implemented_at = "2026-03-05T09:00:00Z", status = "closed" } } },
    params = { stamp_min = 2 },
    expect = {
      records_credible = {
        "c1", "c4",
        message = "change c1 (New login) was requested 2026-03-01T09:00:00Z, approved 2026-03-02T09:00:00Z, "
          .. "made 2026-03-03T09:00:00Z: approved_at 2026-03-02T09:00:00Z stands in 2 of 2 records",
      },
    },
  },
  case "half approved at the same moment may be" {
    add = { changes = { { id = "c4", title = "New logo", target = "application", kind = "normal",
      requested_at = "2026-03-01T09:00:00Z", approved_at = "2026-03-02T10:00:00Z",
      implemented_at = "2026-03-05T09:00:00Z", status = "closed" } } },
    params = { stamp_min = 2, stamp_share = 50 },
    expect = { records_credible = "pass" },
  },
  case "not quite half approved at the same moment may be" {
    add = { changes = { { id = "c4", title = "New logo", target = "application", kind = "normal",
      requested_at = "2026-03-01T09:00:00Z", approved_at = "2026-03-02T10:00:00Z",
      implemented_at = "2026-03-05T09:00:00Z", status = "closed" } } },
    params = { stamp_min = 2, stamp_share = 49 },
    expect = { records_credible = { "c1", "c4" } },
  },
  case "too few changes for a rubber stamp" {
    add = { changes = { { id = "c4", title = "New logo", target = "application", kind = "normal",
      requested_at = "2026-03-01T09:00:00Z", approved_at = "2026-03-02T09:00:00Z",
      implemented_at = "2026-03-05T09:00:00Z", status = "closed" } } },
    params = { stamp_min = 3 },
    expect = { records_credible = "pass" },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = {
      policy_review_interval = "365 d", lookback = "365 d", emergency_within = "48 h", emergency_review = "14 d", emergency_share = 10,
      emergency_min = 10, close_within = "30 d", judged_kinds = { "operating_system", "application" }, stamp_share = 20, stamp_min = 20,
    } },
  },
  case "the approver left before it was made" {
    with = { changes = { { id = "c1", requested_at = "2026-01-29T09:00:00Z", approved_by = "dan", approved_at = "2026-01-30T09:00:00Z" } } },
    expect = { changes_approved_by_another = "pass" },
  },
  case "a system was not tested" {
    with = { changes = { { id = "c1", target = "system", tested = false } } },
    expect = { changes_assessed_and_tested = { "c1" } },
  },
  case "nor infrastructure" {
    with = { changes = { { id = "c1", target = "infrastructure", tested = false } } },
    expect = { changes_assessed_and_tested = { "c1" } },
  },
  case "software that had been seen before it was installed anew" {
    with = { software_installations = { [1] = { observed_at = "2025-01-01T00:00:00Z", change_id = absent } } },
    expect = { nothing_unrecorded = { 1 } },
  },
  case "an alert that meant nothing" {
    with = { alerts = { { id = "al3", rule_id = "fim", tool = "aide", severity = "low", raised_at = "2026-04-02T10:00:00Z", verdict = "benign",
      status = "closed" } } },
    expect = { nothing_unrecorded = { passes = true, population = 5 } },
  },
  case "an alert about nobody knows what" {
    with = { alerts = { { id = "al", asset_id = absent, change_id = absent } } },
    expect = { nothing_unrecorded = { "al",
      message = "an integrity alert was called authorised on al, and no approved change stands behind it" } },
  },
  case "only releases are known, and there are none" {
    only = { releases = {} }, without = { "firewall_rules", "network_devices", "software_installations", "alerts" },
    expect = { nothing_unrecorded = "unknown" },
  },
  case "only firewall rules" {
    only = { firewall_rules = {} }, without = { "releases", "network_devices", "software_installations", "alerts" },
    expect = { nothing_unrecorded = "unknown" },
  },
  case "only network devices" {
    only = { network_devices = {} }, without = { "releases", "firewall_rules", "software_installations", "alerts" },
    expect = { nothing_unrecorded = "unknown" },
  },
  case "only installations" {
    only = { software_installations = {} }, without = { "releases", "firewall_rules", "network_devices", "alerts" },
    expect = { nothing_unrecorded = "unknown" },
  },
  case "only alerts" {
    only = { alerts = {} }, without = { "releases", "firewall_rules", "network_devices", "software_installations" },
    expect = { nothing_unrecorded = "unknown" },
  },
  case "a standard change made before it was approved" {
    with = { changes = { { id = "c2", approved_at = "2026-04-02T10:00:00Z" } } },
    expect = { records_credible = { "c2" } },
  },
  case "an emergency asked for in the future" {
    with = { changes = { { id = "c3", requested_at = "2026-07-01T09:00:00Z" } } },
    expect = { records_credible = { "c3" } },
  },
  case "an emergency approved in the future" {
    with = { changes = { { id = "c3", approved_at = "2026-07-01T09:00:00Z" } } },
    expect = { records_credible = { "c3" } },
  },
}
