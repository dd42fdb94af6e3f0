-- Ann owns the server room and manages Ben; Cat left on 2026-05-31.
return test "A.7.2" {
  as_of = "2026-06-30",
  organization = { id = "acme", name = "Acme", has_premises = true },
  baseline = {
    people = {
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
      { id = "ben", name = "Ben", kind = "employee", start_date = "2020-01-01", manager_id = "ann" },
      { id = "cat", name = "Cat", kind = "employee", start_date = "2020-01-01", end_date = "2026-05-31" },
      { id = "dan", name = "Dan", kind = "employee", start_date = "2020-01-01" },
    },
    physical_zones = {
      { id = "hq", name = "Headquarters", site = "Bonn", kind = "building", level = 2, status = "in_use" },
      { id = "lab", name = "Laboratory", site = "Bonn", kind = "office", level = 3, parent_id = "hq", owner = "dan",
        status = "in_use", entry_by = { "badge" }, entry_logged = true },
      { id = "srv", name = "Server room", site = "Bonn", kind = "server_room", level = 4, parent_id = "hq",
        owner = "ann", status = "in_use", entry_by = { "key", "biometric" }, entry_logged = true },
    },
    physical_grants = {
      { id = "g1", zone_id = "srv", person_id = "ben", credential = "badge", credential_number = "B-1",
        requested_by = "ben", approved_by = "ann", granted_at = "2026-01-05T09:00:00Z",
        last_used_at = "2026-06-20T09:00:00Z", reviewed_at = "2026-05-01", reviewed_by = "ann" },
      { id = "g2", zone_id = "lab", person_id = "ben", credential = "badge", credential_number = "B-1",
        requested_by = "ben", approved_by = "dan", granted_at = "2025-01-10T09:00:00Z",
        last_used_at = "2026-06-20T09:00:00Z", reviewed_at = "2025-12-01", reviewed_by = "dan" },
      { id = "g3", zone_id = "hq", person_id = "cat", credential = "badge", credential_number = "B-3",
        granted_at = "2024-01-05T09:00:00Z", last_used_at = "2026-05-31T16:00:00Z",
        revoked_at = "2026-06-01T18:00:00Z", returned_at = "2026-06-07" },
      { id = "g4", zone_id = "hq", person_id = "ben", credential = "key", credential_number = "K-4",
        granted_at = "2024-01-05T09:00:00Z", lost_at = "2026-04-01T09:00:00Z", revoked_at = "2026-04-02T09:00:00Z" },
    },
    physical_events = {
      { id = "ev1", at = "2026-06-20T09:00:00Z", zone_id = "srv", kind = "entry", person_id = "ben",
        credential_number = "B-1" },
      { id = "ev2", at = "2026-06-20T09:30:00Z", zone_id = "lab", kind = "entry", person_id = "ben",
        credential_number = "B-1" },
      { id = "ev3", at = "2026-03-20T09:30:00Z", zone_id = "hq", kind = "entry", credential_number = "K-4" },
    },
    visits = {
      { id = "v1", kind = "maintenance", visitor = "Vic", site = "Bonn", zone_ids = { "srv" }, host = "ann",
        escort = "ben", identity_checked = true, badge_number = "V-1", arrived_at = "2026-05-04T09:00:00Z",
        left_at = "2026-05-04T11:00:00Z", badge_returned_at = "2026-05-04T11:00:00Z" },
      { id = "v2", kind = "delivery", visitor = "Del", site = "Bonn", zone_ids = { "hq" }, host = "ben",
        identity_checked = true, arrived_at = "2026-05-05T09:00:00Z", left_at = "2026-05-05T09:10:00Z",
        goods_checked = true },
    },
  },

  -- the whole rule

  case "an organisation without premises" {
    organization = { has_premises = false },
    with = { physical_zones = {
      { id = "hq", status = "closed" }, { id = "lab", status = "closed" }, { id = "srv", status = "closed" },
    } },
    expect = "n_a",
  },
  case "premises are there, whatever the organisation says" {
    organization = { has_premises = false },
    expect = { entry_controlled_and_logged = "pass" },
  },
  case "silence is no exclusion" {
    organization = { has_premises = absent },
    without = { "physical_zones" },
    expect = { entry_controlled_and_logged = "unknown" },
  },

  -- entry_controlled_and_logged

  case "the means of entry are not known" {
    with = { physical_zones = { { id = "lab", entry_by = absent } } },
    expect = { entry_controlled_and_logged = { "lab", message = "it is not recorded how one gets into Laboratory" } },
  },
  case "a key tells nobody from another" {
    with = { physical_zones = { { id = "lab", entry_by = { "key" } } } },
    expect = {
      entry_controlled_and_logged = {
        "lab",
        message = "entry to Laboratory (level 3) is not controlled person by person: "
          .. "the means of entry do not tell one person from another",
      },
    },
  },
  case "keys are personal here" {
    with = { physical_zones = { { id = "lab", entry_by = { "key" } } } },
    params = { personal_means = { "key", "badge" } },
    expect = { entry_controlled_and_logged = "pass" },
  },
  case "nobody knows whether entries are logged" {
    with = { physical_zones = { { id = "lab", entry_logged = absent } } },
    expect = {
      entry_controlled_and_logged = {
        "lab", message = "it is not recorded whether entries into Laboratory leave a trace",
      },
    },
  },
  case "entries are not logged" {
    with = { physical_zones = { { id = "lab", entry_logged = false } } },
    expect = {
      entry_controlled_and_logged = {
        "lab",
        message = "entry to Laboratory (level 3) is not controlled person by person: entries leave no trace",
      },
    },
  },
  case "the last entry is just recent enough" {
    with = { physical_events = { { id = "ev2", at = "2026-04-01T09:30:00Z" } } },
    expect = { entry_controlled_and_logged = "pass" },
  },
  case "the last entry is a day too old" {
    with = { physical_events = { { id = "ev2", at = "2026-03-31T09:30:00Z" } } },
    expect = {
      entry_controlled_and_logged = {
        "lab",
        message = "entry to Laboratory (level 3) is not controlled person by person: "
          .. "no entry was recorded within 90 days",
      },
    },
  },
  case "older entries count" {
    with = { physical_events = { { id = "ev2", at = "2026-03-31T09:30:00Z" } } },
    params = { log_window = "91 d" },
    expect = { entry_controlled_and_logged = "pass" },
  },
  case "an area that somebody else runs" {
    with = { physical_zones = { { id = "lab", supplier_id = "landlord", entry_by = absent } } },
    expect = { entry_controlled_and_logged = "pass" },
  },
  case "nothing is restricted" {
    with = { physical_zones = { { id = "lab", level = 2 }, { id = "srv", level = 2 } } },
    expect = {
      entry_controlled_and_logged = "n_a", entries_authorised = "n_a", grants_approved = "n_a", grants_reviewed = "n_a",
    },
  },
  case "no log of entries" {
    without = { "physical_events" },
    expect = {
      entry_controlled_and_logged = "unknown", entries_authorised = "unknown", lost_credentials_blocked = "unknown",
    },
  },

  -- entries_authorised

  case "an entry of nobody" {
    with = { physical_events = { { id = "ev1", person_id = absent, credential_number = absent } } },
    expect = {
      entries_authorised = {
        "ev1", message = "an entry into Server room at 2026-06-20T09:00:00Z names neither person nor credential",
      },
    },
  },
  case "an entry without right" {
    with = { physical_events = { { id = "ev1", person_id = "dan", credential_number = "B-9" } } },
    expect = {
      entries_authorised = {
        "ev1",
        message = "Dan (B-9) entered Server room at 2026-06-20T09:00:00Z: there was no right to enter at that moment",
      },
    },
  },
  case "an entry into the laboratory without right" {
    with = { physical_events = { { id = "ev2", person_id = "dan", credential_number = "B-9" } } },
    expect = { entries_authorised = { "ev2" } },
  },
  case "the right ended before the entry" {
    with = { physical_grants = { { id = "g1", revoked_at = "2026-06-20T08:00:00Z" } } },
    expect = { entries_authorised = { "ev1" } },
  },
  case "a visitor's badge" {
    with = { physical_events = { { id = "ev1", person_id = absent, credential_number = "V-1",
      at = "2026-05-04T10:00:00Z" } } },
    expect = { entries_authorised = "pass" },
  },
  case "the person had left" {
    with = {
      physical_grants = { { id = "g1", person_id = "cat" } },
      physical_events = { { id = "ev1", person_id = "cat" } },
    },
    expect = {
      entries_authorised = {
        "ev1",
        message = "Cat (B-1) entered Server room at 2026-06-20T09:00:00Z: "
          .. "the person was not with the organisation then",
      },
    },
  },
  case "nobody entered lately" {
    with = { physical_events = { { id = "ev1", at = "2026-03-31T09:00:00Z" }, { id = "ev2", kind = "exit" } } },
    expect = { entries_authorised = "unknown" },
  },
  case "no list of rights" {
    without = { "physical_grants" },
    expect = {
      entries_authorised = "unknown", leavers_locked_out = "unknown", grants_approved = "unknown",
      grants_reviewed = "unknown", lost_credentials_blocked = "unknown",
    },
  },

  -- leavers_locked_out

  case "the right outlives the person" {
    with = { physical_grants = { { id = "g3", revoked_at = absent } } },
    expect = {
      leavers_locked_out = { "g3", message = "Cat left on 2026-05-31 and can still enter Headquarters by badge" },
    },
  },
  case "the right ended by itself" {
    with = { physical_grants = { { id = "g3", revoked_at = absent, expires_at = "2026-06-01T00:00:00Z" } } },
    expect = { leavers_locked_out = "pass" },
  },
  case "taken away a day late" {
    with = { physical_grants = { { id = "g3", revoked_at = "2026-06-02T09:00:00Z" } } },
    expect = {
      leavers_locked_out = {
        "g3",
        message = "right of Cat to enter Headquarters ended 1 day late, was used after the last day, "
          .. "or badge came back late",
      },
    },
  },
  case "more time for taking away" {
    with = { physical_grants = { { id = "g3", revoked_at = "2026-06-02T09:00:00Z" } } },
    params = { revoke_within = "2 d" },
    expect = { leavers_locked_out = "pass" },
  },
  case "used after the last day" {
    with = { physical_grants = { { id = "g3", last_used_at = "2026-06-01T09:00:00Z" } } },
    expect = { leavers_locked_out = { "g3" } },
  },
  case "the badge is not back" {
    with = { physical_grants = { { id = "g3", returned_at = absent } } },
    expect = { leavers_locked_out = { "g3", message = "badge B-3 of Cat, who left on 2026-05-31, is not back" } },
  },
  case "the badge came back a day late" {
    with = { physical_grants = { { id = "g3", returned_at = "2026-06-08" } } },
    expect = { leavers_locked_out = { "g3" } },
  },
  case "more time for the badge" {
    with = { physical_grants = { { id = "g3", returned_at = "2026-06-08" } } },
    params = { return_within = "8 d" },
    expect = { leavers_locked_out = "pass" },
  },
  case "the badge may still come back" {
    with = {
      people = { { id = "cat", end_date = "2026-06-23" } },
      physical_grants = { { id = "g3", revoked_at = "2026-06-24T09:00:00Z", returned_at = absent } },
    },
    expect = { leavers_locked_out = "pass" },
  },
  case "there is nothing to give back" {
    with = { physical_grants = { { id = "g3", credential = "mobile", returned_at = absent } } },
    expect = { leavers_locked_out = "pass" },
  },
  case "somebody leaves today" {
    with = {
      people = { { id = "cat", end_date = "2026-06-29" } },
      physical_grants = { { id = "g3", revoked_at = absent } },
    },
    expect = { leavers_locked_out = "n_a" },
  },
  case "left before the period" {
    with = { people = { { id = "cat", end_date = "2025-06-29" } } },
    expect = { leavers_locked_out = "n_a" },
  },
  case "a longer period" {
    with = { people = { { id = "cat", end_date = "2025-06-29" } } },
    params = { lookback = "366 d" },
    expect = { leavers_locked_out = { "g3" } },
  },
  case "the export is just recent enough" {
    collected_at = { physical_grants = "2026-05-16" },
    expect = { leavers_locked_out = "pass" },
  },
  case "the export is a day too old" {
    collected_at = { physical_grants = "2026-05-15" },
    expect = { leavers_locked_out = "unknown" },
  },
  case "older exports may do" {
    collected_at = { physical_grants = "2026-05-15" },
    params = { export_age = "46 d" },
    expect = { leavers_locked_out = "pass" },
  },
  case "no register of people" {
    without = { "people" },
    expect = { leavers_locked_out = "unknown", grants_approved = "unknown", visitors_accounted_for = "unknown" },
  },

  -- grants_approved

  case "given without approval" {
    with = { physical_grants = { { id = "g1", approved_by = absent } } },
    expect = { grants_approved = { "g1", message = "Ben got the right to enter Server room without approval" } },
  },
  case "approved by who asked" {
    with = { physical_grants = { { id = "g1", requested_by = "ann" } } },
    expect = {
      grants_approved = {
        "g1", message = "approval of Ben for Server room does not count: the approver asked for it",
      },
    },
  },
  case "approved by who got it" {
    with = { physical_grants = { { id = "g1", requested_by = "ann", approved_by = "ben" } } },
    expect = {
      grants_approved = { "g1", message = "approval of Ben for Server room does not count: the approver got it" },
    },
  },
  case "approved by neither owner nor manager" {
    with = { physical_grants = { { id = "g1", approved_by = "dan" } } },
    expect = {
      grants_approved = {
        "g1",
        message = "approval of Ben for Server room does not count: "
          .. "the approver is neither the area's owner nor the person's manager",
      },
    },
  },
  case "approved by the owner who is not the manager" {
    with = {
      physical_zones = { { id = "srv", owner = "dan" } },
      physical_grants = { { id = "g1", approved_by = "dan" } },
    },
    expect = { grants_approved = "pass" },
  },
  case "approved by somebody who had left" {
    with = { people = { { id = "ann", end_date = "2026-01-04" } } },
    expect = {
      grants_approved = {
        "g1",
        message = "approval of Ben for Server room does not count: the approver was not with the organisation then",
      },
    },
  },
  case "a right for the laboratory without approval" {
    with = { physical_grants = { { id = "g2", granted_at = "2026-01-10T09:00:00Z", approved_by = absent } } },
    expect = { grants_approved = { "g2" } },
  },
  case "nothing was given in the period" {
    with = { physical_grants = { { id = "g1", granted_at = "2025-06-29T09:00:00Z" } } },
    expect = { grants_approved = "n_a" },
  },

  -- grants_reviewed

  case "never reviewed" {
    with = { physical_grants = { { id = "g2", reviewed_at = absent } } },
    expect = { grants_reviewed = { "g2", message = "the right of Ben to enter Laboratory was never reviewed" } },
  },
  case "reviewed on the last day" {
    with = { physical_grants = {
      { id = "g1", reviewed_at = "2026-03-17" },
      { id = "g2", reviewed_at = "2025-06-30" },
    } },
    expect = { grants_reviewed = "pass" },
  },
  case "reviewed a day too long ago" {
    with = { physical_grants = {
      { id = "g1", reviewed_at = "2026-03-16" },
      { id = "g2", reviewed_at = "2025-06-29" },
    } },
    expect = {
      grants_reviewed = { "g1", "g2", message = "right of Ben to enter Server room: last reviewed 106 days ago" },
    },
  },
  case "longer intervals" {
    with = { physical_grants = {
      { id = "g1", reviewed_at = "2026-03-16" },
      { id = "g2", reviewed_at = "2025-06-29" },
    } },
    params = { review_interval = "366 d", secure_review_interval = "106 d" },
    expect = { grants_reviewed = "pass" },
  },
  case "nobody knows who reviewed it" {
    with = { physical_grants = { { id = "g1", reviewed_by = absent } } },
    expect = {
      grants_reviewed = { "g1", message = "it is not recorded who reviewed the right of Ben to enter Server room" },
    },
  },
  case "the holder confirmed the own need" {
    with = { physical_grants = { { id = "g1", reviewed_by = "ben" } } },
    expect = {
      grants_reviewed = { "g1", message = "right of Ben to enter Server room: the holder confirmed the own need" },
    },
  },
  case "the reviewer was not there yet" {
    with = { people = { { id = "dan", start_date = "2025-12-02" } } },
    expect = {
      grants_reviewed = {
        "g2", message = "right of Ben to enter Laboratory: the reviewer was not with the organisation then",
      },
    },
  },
  case "used on the last day" {
    with = { physical_grants = { { id = "g1", last_used_at = "2026-01-01T09:00:00Z" } } },
    expect = { grants_reviewed = "pass" },
  },
  case "unused for a day too long" {
    with = { physical_grants = { { id = "g1", last_used_at = "2025-12-31T09:00:00Z" } } },
    expect = {
      grants_reviewed = { "g1", message = "right of Ben to enter Server room: last used on 2025-12-31T09:00:00Z" },
    },
  },
  case "rights may be unused for longer" {
    with = { physical_grants = { { id = "g1", last_used_at = "2025-12-31T09:00:00Z" } } },
    params = { unused_after = "181 d" },
    expect = { grants_reviewed = "pass" },
  },
  case "never used" {
    with = { physical_grants = { { id = "g1", last_used_at = absent } } },
    expect = {
      grants_reviewed = { "g1", message = "Ben may enter Server room but never did, or use is not recorded" },
    },
  },
  case "keys leave no trace of use" {
    with = { physical_grants = { { id = "g1", credential = "key", last_used_at = absent } } },
    expect = { grants_reviewed = "pass" },
  },
  case "rights that were given lately" {
    with = { physical_grants = {
      { id = "g1", granted_at = "2026-03-17T09:00:00Z", reviewed_at = absent },
      { id = "g2", granted_at = "2025-06-30T09:00:00Z", reviewed_at = absent },
    } },
    expect = { grants_reviewed = "n_a" },
  },

  -- lost_credentials_blocked

  case "a lost key still opens" {
    with = { physical_grants = { { id = "g4", revoked_at = absent } } },
    expect = {
      lost_credentials_blocked = {
        "g4", message = "key K-4, lost on 2026-04-01T09:00:00Z, still opens Headquarters",
      },
    },
  },
  case "blocked a second too late" {
    with = { physical_grants = { { id = "g4", revoked_at = "2026-04-02T09:00:01Z" } } },
    expect = {
      lost_credentials_blocked = { "g4", message = "key K-4 was blocked 2 days after it was lost, or was used since" },
    },
  },
  case "more time for blocking" {
    with = { physical_grants = { { id = "g4", revoked_at = "2026-04-02T09:00:01Z" } } },
    params = { block_within = "25 h" },
    expect = { lost_credentials_blocked = "pass" },
  },
  case "blocked before it was lost" {
    with = { physical_grants = { { id = "g4", revoked_at = "2026-03-31T09:00:00Z" } } },
    expect = { lost_credentials_blocked = { "g4" } },
  },
  case "used since it was lost" {
    with = { physical_events = { { id = "ev3", at = "2026-04-01T10:00:00Z" } } },
    expect = { lost_credentials_blocked = { "g4" } },
  },
  case "nothing was lost in the period" {
    with = { physical_grants = { { id = "g4", lost_at = "2025-06-29T09:00:00Z" } } },
    expect = { lost_credentials_blocked = "n_a" },
  },

  -- visitors_accounted_for

  case "a visitor whom nobody expected" {
    with = { visits = { { id = "v1", host = absent } } },
    expect = {
      visitors_accounted_for = { "v1", message = "nobody expected Vic, who came on 2026-05-04T09:00:00Z" },
    },
  },
  case "the host had left" {
    with = { visits = { { id = "v1", host = "cat", arrived_at = "2026-06-04T09:00:00Z",
      left_at = "2026-06-04T11:00:00Z", badge_returned_at = "2026-06-04T11:00:00Z" } } },
    expect = {
      visitors_accounted_for = {
        "v1",
        message = "visit of Vic on 2026-06-04T09:00:00Z is not in order: "
          .. "the host Cat was not with the organisation then",
      },
    },
  },
  case "nobody knows who it was" {
    with = { visits = { { id = "v1", identity_checked = absent } } },
    expect = {
      visitors_accounted_for = {
        "v1", message = "it is not recorded that Vic was identified on 2026-05-04T09:00:00Z",
      },
    },
  },
  case "not identified" {
    with = { visits = { { id = "v1", identity_checked = false } } },
    expect = {
      visitors_accounted_for = {
        "v1", message = "visit of Vic on 2026-05-04T09:00:00Z is not in order: the visitor was not identified",
      },
    },
  },
  case "never left" {
    with = { visits = { { id = "v2", left_at = absent } } },
    expect = {
      visitors_accounted_for = {
        "v2", message = "Del came on 2026-05-05T09:00:00Z and never left, says the register",
      },
    },
  },
  case "the longest plausible visit" {
    with = { visits = { { id = "v2", left_at = "2026-05-06T01:00:00Z" } } },
    expect = { visitors_accounted_for = "pass" },
  },
  case "a visit that is longer" {
    with = { visits = { { id = "v2", left_at = "2026-05-06T01:00:01Z" } } },
    expect = {
      visitors_accounted_for = {
        "v2", message = "visit of Del on 2026-05-05T09:00:00Z is not in order: it ended on 2026-05-06T01:00:01Z",
      },
    },
  },
  case "visits may be longer" {
    with = { visits = { { id = "v2", left_at = "2026-05-06T02:00:00Z" } } },
    params = { visit_max = "17 h" },
    expect = { visitors_accounted_for = "pass" },
  },
  case "the visitor's badge is missing" {
    with = { visits = { { id = "v1", badge_returned_at = absent } } },
    expect = {
      visitors_accounted_for = {
        "v1", message = "visitor's badge V-1 of 2026-05-04T09:00:00Z was not given back",
      },
    },
  },
  case "the visitor's badge came back late" {
    with = { visits = { { id = "v1", badge_returned_at = "2026-05-05T11:00:00Z" } } },
    expect = { visitors_accounted_for = { "v1" } },
  },
  case "alone in a restricted area" {
    with = { visits = { { id = "v1", escort = absent } } },
    expect = {
      visitors_accounted_for = {
        "v1", message = "Vic was in a restricted area on 2026-05-04T09:00:00Z without escort",
      },
    },
  },
  case "goods that nobody examined" {
    with = { visits = { { id = "v2", goods_checked = false } } },
    expect = {
      visitors_accounted_for = {
        "v2", message = "visit of Del on 2026-05-05T09:00:00Z is not in order: the goods were not examined",
      },
    },
  },
  case "a delivery into a restricted area" {
    with = { visits = { { id = "v2", zone_ids = { "lab" }, escort = "ben" } } },
    expect = {
      visitors_accounted_for = {
        "v2",
        message = "visit of Del on 2026-05-05T09:00:00Z is not in order: the delivery reached a restricted area",
      },
    },
  },
  case "a visit that may still last" {
    with = { visits = { { id = "v2", arrived_at = "2026-06-30T09:00:00Z", left_at = absent } } },
    expect = { visitors_accounted_for = { passes = true, population = 1 } },
  },
  case "nobody came" {
    only = { visits = {} },
    expect = { visitors_accounted_for = "unknown" },
  },
  case "nobody came, as everything is run by others" {
    only = { visits = {} },
    with = { physical_zones = { { id = "hq", supplier_id = "landlord" }, { id = "lab", supplier_id = "landlord" },
      { id = "srv", supplier_id = "landlord" } } },
    expect = { visitors_accounted_for = "n_a", grants_reviewed = "n_a" },
  },
  case "no register of visitors" {
    without = { "visits" },
    expect = { visitors_accounted_for = "unknown", entries_authorised = "unknown" },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = { personal_means = { "badge", "mobile", "pin", "biometric", "guard" } } },
  },
  case "an area that was given up" {
    with = { physical_zones = { { id = "old", name = "Old lab", site = "Bonn", kind = "office", level = 3, status = "closed" } } },
    expect = { entry_controlled_and_logged = { passes = true, population = 2 } },
  },
  case "somebody was turned away, nobody went in" {
    with = { physical_events = { { id = "ev2", kind = "refused" } } },
    expect = { entry_controlled_and_logged = { "lab" } },
  },
  case "entries into areas that are open to all" {
    with = { physical_events = { { id = "ev4", at = "2026-06-20T09:00:00Z", zone_id = "hq", kind = "entry", person_id = "dan" } } },
    expect = { entries_authorised = { passes = true, population = 2 } },
  },
  case "an entry of nobody by nothing" {
    with = { physical_events = { { id = "ev2", person_id = absent, credential_number = absent } } },
    expect = {
      entries_authorised = { "ev2", message = "an entry into Laboratory at 2026-06-20T09:30:00Z names neither person nor credential" },
    },
  },
  case "an entry that names the person is enough" {
    with = { physical_events = { { id = "ev2", credential_number = absent } } },
    expect = { entries_authorised = "pass" },
  },
  case "left before the period and can still get in" {
    with = { people = { { id = "cat", end_date = "2025-05-31" } }, physical_grants = { { id = "g3", revoked_at = absent } } },
    expect = { leavers_locked_out = { "g3" } },
  },
  case "never used at all" {
    with = { physical_grants = { { id = "g3", last_used_at = absent } } },
    expect = { leavers_locked_out = "pass" },
  },
  case "used two days after the last one" {
    with = { physical_grants = { { id = "g3", last_used_at = "2026-06-02T10:00:00Z", requested_by = "ann" } } },
    expect = { leavers_locked_out = { "g3", message = "right of Cat to enter Headquarters ended 2 days late, …" } },
  },
  case "a key is to be given back as well" {
    with = { physical_grants = { { id = "g3", credential = "key", returned_at = absent, requested_by = "ann" } } },
    expect = { leavers_locked_out = { "g3", message = "key B-3 of Cat, who left on 2026-05-31, is not back" } },
  },
  case "given back three days late" {
    with = { physical_grants = { { id = "g3", returned_at = "2026-06-10" } } },
    expect = { leavers_locked_out = { "g3", message = "… ended 3 days late, …" } },
  },
  case "nothing is restricted, and no grants are supplied" {
    with = { physical_zones = { { id = "lab", level = 2 }, { id = "srv", level = 2 } } },
    without = { "physical_grants" },
    expect = { grants_approved = "n_a" },
  },
  case "rights to open areas, and rights that are nobody's own" {
    with = { physical_grants = {
      { id = "g5", zone_id = "hq", person_id = "dan", credential = "badge", granted_at = "2026-02-01T09:00:00Z" },
      { id = "g6", zone_id = "srv", credential = "key", requested_by = "ann", granted_at = "2026-02-01T09:00:00Z" },
    } },
    expect = { grants_approved = { passes = true, population = 1 } },
  },
  case "the manager approved it" {
    with = { physical_grants = { { id = "g2", granted_at = "2026-01-10T09:00:00Z", approved_by = "ann" } } },
    expect = { grants_approved = { passes = true, population = 2 } },
  },
  case "the owner of the area approved it after leaving" {
    with = {
      physical_zones = { { id = "srv", owner = "cat" } },
      physical_grants = { { id = "g1", approved_by = "cat", granted_at = "2026-06-10T09:00:00Z" } },
    },
    expect = { grants_approved = { "g1", message = "… the approver was not with the organisation then" } },
  },
  case "rights that have ended, and rights to open areas, are not looked through" {
    with = { physical_grants = {
      { id = "g2", revoked_at = "2026-03-01T09:00:00Z", reviewed_at = absent },
      { id = "g5", zone_id = "hq", person_id = "dan", credential = "badge", granted_at = "2024-02-01T09:00:00Z" },
    } },
    expect = { grants_reviewed = { passes = true, population = 1 } },
  },
  case "who asked for it may look through it" {
    with = { physical_grants = { { id = "g1", requested_by = "ann" } } },
    expect = { grants_reviewed = "pass" },
  },
  case "lost this morning" {
    with = { physical_grants = { { id = "g4", lost_at = "2026-06-30T08:00:00Z", revoked_at = absent } } },
    expect = { lost_credentials_blocked = "n_a" },
  },
  case "a lost key without a number" {
    with = { physical_grants = { { id = "g4", credential_number = absent } } },
    expect = { lost_credentials_blocked = "pass" },
  },
  case "tried in vain, used in the moment of the loss, and one day to come" {
    with = { physical_events = {
      { id = "ev3", at = "2026-04-01T09:00:00Z" },
      { id = "ev4", at = "2026-05-20T09:30:00Z", zone_id = "hq", kind = "refused", credential_number = "K-4" },
      { id = "ev5", at = "2026-07-02T09:30:00Z", zone_id = "hq", kind = "entry", credential_number = "K-4" },
    } },
    expect = { lost_credentials_blocked = "pass" },
  },
  case "used today" {
    with = { physical_events = { { id = "ev3", at = "2026-06-30T09:30:00Z" } } },
    expect = { lost_credentials_blocked = { "g4", message = "key K-4 was blocked 1 day after it was lost, or was used since" } },
  },
  case "a visit of long ago" {
    with = { visits = { { id = "v2", arrived_at = "2025-05-05T09:00:00Z", left_at = absent } } },
    expect = { visitors_accounted_for = { passes = true, population = 1 } },
  },
  case "a visit that outlasts the host, who is the escort, too" {
    with = { visits = { { id = "v1", host = "cat", escort = "cat", arrived_at = "2026-05-31T22:00:00Z",
      left_at = "2026-06-01T02:00:00Z", badge_returned_at = "2026-06-01T01:00:00Z" } } },
    expect = { visitors_accounted_for = "pass" },
  },
}
