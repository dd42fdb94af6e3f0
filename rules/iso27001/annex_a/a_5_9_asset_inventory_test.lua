return test "A.5.9" {
  as_of = "2026-06-30",
  organization = { id = "acme", name = "Acme", uses_cloud = true },
  baseline = {
    people = {
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
      { id = "ben", name = "Ben", kind = "employee", start_date = "2020-01-01" },
    },
    assets = {
      { id = "crm", name = "CRM", type = "service", status = "in_use", owner = "ann", classification = "internal",
        location = "prod-1", reviewed_at = "2026-01-10", critical = true,
        confidentiality = 4, integrity = 3, availability = 4 },
      { id = "nb-7", name = "Notebook 7", type = "hardware", status = "in_use", owner = "ann", assigned_to = "ben",
        classification = "internal", location = "office", acquired_at = "2026-02-01" },
      { id = "erp", name = "ERP", type = "software", status = "planned", owner = "ben" },
    },
    accounts = {
      { id = "a1", system = "CRM", person_id = "ann", kind = "human", privileged = false, status = "active" },
      { id = "a2", system = "crm", person_id = "ben", kind = "human", privileged = false, status = "active" },
      { id = "a3", system = "payroll", person_id = "ben", kind = "human", privileged = false, status = "active" },
      { id = "a4", system = "old", person_id = "ben", kind = "human", privileged = false, status = "disabled" },
    },
    authentication_settings = {
      { system = "Payroll", asset_id = "crm", sign_in = "sso", observed_at = "2026-06-01" },
    },
    endpoints = {
      { id = "e1", hostname = "nb-7", type = "laptop", ownership = "company", asset_id = "nb-7", person_id = "ben",
        last_seen_at = "2026-06-29T08:00:00Z", status = "active" },
      { id = "e2", hostname = "own", type = "phone", ownership = "personal", status = "active",
        last_seen_at = "2026-06-29T08:00:00Z" },
    },
    technical_checks = {
      { tool = "prowler", check_id = "c1", resource = "CRM", resource_type = "vm", status = "pass",
        observed_at = "2026-06-01T00:00:00Z" },
      { tool = "prowler", check_id = "c1", resource = "bucket-9", resource_type = "bucket", account = "prod-1",
        status = "pass", observed_at = "2026-06-01T00:00:00Z" },
    },
    reconciliations = {
      { id = "r1", subject = "hardware", method = "stocktake", source = "office", performed_at = "2026-03-01",
        register_items = 100, found_items = 100, matched_items = 95, unknown_items = 3, missing_items = 2,
        wrong_items = 2, resolved_at = "2026-03-31" },
      { id = "r2", subject = "software", method = "discovery_scan", source = "agent", performed_at = "2026-03-01",
        found_items = 40, matched_items = 40 },
      { id = "r3", subject = "cloud_resources", method = "discovery_scan", source = "prowler",
        performed_at = "2026-03-01", found_items = 20, matched_items = 20 },
    },
  },

  -- assets_owned

  case "an asset without owner" {
    with = { assets = { { id = "crm", owner = absent } } },
    expect = { assets_owned = { "crm", message = "service CRM has no owner" } },
  },
  case "the owner left" {
    with = { people = { { id = "ben", end_date = "2026-06-29" } } },
    expect = { assets_owned = { "erp", message = "owner Ben of ERP left on 2026-06-29" } },
  },
  case "the owner leaves today" {
    with = { people = { { id = "ben", end_date = "2026-06-30" } } },
    expect = { assets_owned = "pass" },
  },
  case "no inventory" {
    without = { "assets" },
    expect = {
      assets_owned = "unknown", entries_confirmed = "unknown", systems_inventoried = "unknown",
      endpoints_inventoried = "unknown", resources_inventoried = "unknown",
    },
  },
  case "an inventory without entries" {
    only = { assets = {} },
    expect = { assets_owned = "unknown", entries_confirmed = "unknown" },
  },
  case "no register of people" {
    without = { "people" },
    expect = { assets_owned = "unknown" },
  },

  -- entries_confirmed

  case "confirmed on the last day" {
    with = { assets = { { id = "crm", reviewed_at = "2025-06-30" } } },
    expect = { entries_confirmed = "pass" },
  },
  case "confirmed a day too long ago" {
    with = { assets = { { id = "crm", reviewed_at = "2025-06-29" } } },
    expect = {
      entries_confirmed = {
        "crm",
        message = "entry CRM was last confirmed 366 days ago or is incomplete: reviewed_at is 2025-06-29, 366 days ago",
      },
    },
  },
  case "a longer interval" {
    with = { assets = { { id = "crm", reviewed_at = "2025-06-29" } } },
    params = { confirm_interval = "366 d" },
    expect = { entries_confirmed = "pass" },
  },
  case "never confirmed" {
    with = { assets = { { id = "crm", reviewed_at = absent } } },
    expect = { entries_confirmed = { "crm", message = "entry CRM was never confirmed" } },
  },
  case "without classification" {
    with = { assets = { { id = "crm", classification = absent } } },
    expect = { entries_confirmed = { "crm", message = "entry CRM has no classification" } },
  },
  case "without location" {
    with = { assets = { { id = "nb-7", location = absent } } },
    expect = { entries_confirmed = { "nb-7", message = "entry Notebook 7 does not say where the asset is" } },
  },
  case "critical and not rated" {
    with = { assets = { { id = "crm", confidentiality = absent } } },
    expect = { entries_confirmed = { "crm", message = "critical asset CRM is not rated" } },
  },
  case "critical and not fully rated" {
    with = { assets = { { id = "crm", availability = absent } } },
    expect = {
      entries_confirmed = {
        "crm", message = "entry CRM was last confirmed 171 days ago or is incomplete: availability is empty",
      },
    },
  },
  case "half of the entries may be poor" {
    with = { assets = { { id = "crm", location = absent } } },
    params = { confirmed_share = 50 },
    expect = { entries_confirmed = { passes = true, "crm" } },
  },
  case "not quite half of the entries may be poor" {
    with = { assets = { { id = "crm", location = absent } } },
    params = { confirmed_share = 51 },
    expect = { entries_confirmed = { "crm" } },
  },

  -- systems_inventoried

  case "a system that is not in the inventory" {
    with = { accounts = { { id = "a2", system = "Shop" }, { id = "a1", system = "shop" } } },
    expect = {
      systems_inventoried = { "shop", message = "2 people have accounts on shop, which is not in the inventory" },
    },
  },
  case "a system that is no longer in use" {
    with = { assets = { { id = "crm", status = "disposed" } } },
    expect = { systems_inventoried = { "CRM", "payroll" } },
  },
  case "without settings the names must agree" {
    without = { "authentication_settings" },
    expect = { systems_inventoried = { "payroll" } },
  },
  case "no accounts are active" {
    only = { accounts = { { id = "a4", system = "old", kind = "human", privileged = false, status = "disabled" } } },
    expect = { systems_inventoried = "unknown" },
  },
  case "no list of accounts" {
    without = { "accounts" },
    expect = { systems_inventoried = "unknown" },
  },

  -- endpoints_inventoried

  case "a device without entry" {
    with = { endpoints = { { id = "e1", asset_id = absent } } },
    expect = {
      endpoints_inventoried = {
        "e1", message = "nb-7 was seen on 2026-06-29T08:00:00Z and leads to no entry of the inventory",
      },
    },
  },
  case "a device that is called lost" {
    with = { assets = { { id = "nb-7", status = "lost" } } },
    expect = {
      endpoints_inventoried = {
        "e1",
        message = "nb-7 was seen on 2026-06-29T08:00:00Z, but the inventory does not call it in use (Notebook 7) "
          .. "or gives it to another person",
      },
    },
  },
  case "a device in other hands" {
    with = { endpoints = { { id = "e1", person_id = "ann" } } },
    expect = { endpoints_inventoried = { "e1" } },
  },
  case "a device that nobody was given" {
    with = { assets = { { id = "nb-7", assigned_to = absent } } },
    expect = { endpoints_inventoried = "pass" },
  },
  case "half of the devices may be unknown" {
    add = { endpoints = { { id = "e3", hostname = "nb-8", type = "laptop", ownership = "company", status = "active",
      last_seen_at = "2026-04-01T08:00:00Z" } } },
    params = { inventoried_share = 50 },
    expect = { endpoints_inventoried = { passes = true, "e3" } },
  },
  case "not quite half of the devices may be unknown" {
    add = { endpoints = { { id = "e3", hostname = "nb-8", type = "laptop", ownership = "company", status = "active",
      last_seen_at = "2026-04-01T08:00:00Z" } } },
    params = { inventoried_share = 51 },
    expect = { endpoints_inventoried = { "e3" } },
  },
  case "a device seen too long ago does not count" {
    with = { endpoints = { { id = "e1", asset_id = absent, last_seen_at = "2026-03-31T08:00:00Z" } } },
    expect = { endpoints_inventoried = "unknown" },
  },
  case "a device seen within a longer window counts" {
    with = { endpoints = { { id = "e1", asset_id = absent, last_seen_at = "2026-03-31T08:00:00Z" } } },
    params = { seen_window = "91 d" },
    expect = { endpoints_inventoried = { "e1" } },
  },
  case "no list of devices" {
    without = { "endpoints" },
    expect = { endpoints_inventoried = "n_a" },
  },

  -- resources_inventoried

  case "a resource of an account that is not in the inventory" {
    with = { assets = { { id = "crm", location = "prod-2" } } },
    expect = {
      resources_inventoried = {
        "bucket-9", message = "bucket-9 (bucket) was scanned by prowler but is not in the inventory",
      },
    },
  },
  case "half of the resources may be unknown" {
    with = { assets = { { id = "crm", location = "prod-2" } } },
    params = { resource_share = 50 },
    expect = { resources_inventoried = { passes = true, "bucket-9" } },
  },
  case "not quite half of the resources may be unknown" {
    with = { assets = { { id = "crm", location = "prod-2" } } },
    params = { resource_share = 51 },
    expect = { resources_inventoried = { "bucket-9" } },
  },
  case "no resource was seen lately" {
    with = { technical_checks = {
      [1] = { observed_at = "2026-03-31T23:00:00Z" }, [2] = { observed_at = "2026-03-31T23:00:00Z" },
    } },
    expect = { resources_inventoried = "n_a" },
  },
  case "no scanners" {
    without = { "technical_checks" },
    expect = { resources_inventoried = "n_a" },
  },

  -- stocktakes_done

  case "a subject was never compared" {
    without = { reconciliations = { "r2" } },
    expect = {
      stocktakes_done = {
        "software", message = "no credible comparison of the software inventory with reality within 365 days",
      },
    },
  },
  case "compared on the last day" {
    with = { reconciliations = { { id = "r2", performed_at = "2025-06-30" } } },
    expect = { stocktakes_done = "pass" },
  },
  case "compared a day too long ago" {
    with = { reconciliations = { { id = "r2", performed_at = "2025-06-29" } } },
    expect = { stocktakes_done = { "software" } },
  },
  case "a longer interval between comparisons" {
    with = { reconciliations = { { id = "r2", performed_at = "2025-06-29" } } },
    params = { stocktake_interval = "366 d" },
    expect = { stocktakes_done = "pass" },
  },
  case "a comparison that found nothing" {
    with = { reconciliations = { { id = "r2", found_items = 0, matched_items = 0 } } },
    expect = { stocktakes_done = { "software" } },
  },
  case "a comparison that does not add up" {
    with = { reconciliations = { { id = "r2", matched_items = 39 } } },
    expect = { stocktakes_done = { "software" } },
  },
  case "other subjects are required" {
    organization = { uses_cloud = false },
    params = { required_subjects = { "Information" } },
    expect = { stocktakes_done = { "Information" } },
  },
  case "no subject is required" {
    organization = { uses_cloud = absent },
    params = { required_subjects = {} },
    expect = { stocktakes_done = "n_a" },
  },
  case "no comparisons" {
    without = { "reconciliations" },
    expect = { stocktakes_done = "unknown", differences_cleared = "unknown" },
  },

  -- differences_cleared

  case "differences are still open" {
    with = { reconciliations = { { id = "r1", resolved_at = absent } } },
    expect = {
      differences_cleared = {
        "r1", message = "differences found on 2026-03-01 in hardware (office) are still open after 121 days",
      },
    },
  },
  case "differences cleared a day late" {
    with = { reconciliations = { { id = "r1", resolved_at = "2026-04-01" } } },
    expect = {
      differences_cleared = {
        "r1",
        message = "comparison r1 of hardware: its differences were cleared after 31 days, allowed are 30 days",
      },
    },
  },
  case "more time for differences" {
    with = { reconciliations = { { id = "r1", resolved_at = "2026-04-01" } } },
    params = { resolve_within = "31 d" },
    expect = { differences_cleared = "pass" },
  },
  case "differences cleared before they were found" {
    with = { reconciliations = { { id = "r1", resolved_at = "2026-02-28" } } },
    expect = {
      differences_cleared = {
        "r1", message = "comparison r1 of hardware: resolved_at 2026-02-28 comes before performed_at 2026-03-01",
      },
    },
  },
  case "too many differences" {
    with = { reconciliations = { { id = "r1", unknown_items = 4, matched_items = 94 } } },
    expect = {
      differences_cleared = {
        "r1", message = "comparison r1 of hardware: 6 % of the items were unknown or missing, at most 5 % may be",
      },
    },
  },
  case "more differences are allowed" {
    with = { reconciliations = { { id = "r1", unknown_items = 4, matched_items = 94 } } },
    params = { difference_share = 6 },
    expect = { differences_cleared = "pass" },
  },
  case "few differences of a large register" {
    with = { reconciliations = { { id = "r1", unknown_items = 4, matched_items = 94, register_items = 120 } } },
    expect = { differences_cleared = "pass" },
  },
  case "wrong entries are differences too" {
    with = { reconciliations = { { id = "r1", unknown_items = 0, missing_items = 0, resolved_at = absent } } },
    expect = { differences_cleared = { "r1" } },
  },
  case "no differences" {
    with = { reconciliations = { { id = "r1", unknown_items = 0, missing_items = 0, wrong_items = 0,
      matched_items = 100, resolved_at = absent } } },
    expect = { differences_cleared = "n_a" },
  },
  case "nothing is said of unknown items" {
    with = { reconciliations = { { id = "r1", unknown_items = absent } } },
    expect = {
      differences_cleared = {
        "r1", message = "comparison r1 of hardware: it does not tell how many items were unknown",
      },
    },
  },
  case "nothing is said of missing items" {
    with = { reconciliations = { { id = "r1", missing_items = absent } } },
    expect = {
      differences_cleared = {
        "r1", message = "comparison r1 of hardware: it does not tell how many items were missing",
      },
    },
  },
  case "only differences of the period are judged" {
    with = { reconciliations = { { id = "r1", performed_at = "2025-06-29", resolved_at = absent } } },
    expect = { differences_cleared = "n_a" },
  },
  case "a longer period" {
    with = { reconciliations = { { id = "r1", performed_at = "2025-06-29", resolved_at = absent } } },
    params = { lookback = "366 d" },
    expect = { differences_cleared = { "r1" } },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = {
      params = {
        lookback = "365 d", confirm_interval = "365 d", confirmed_share = 95, inventoried_share = 98, resource_share = 95, seen_window = "90 d",
        stocktake_interval = "365 d", required_subjects = { "hardware", "software" }, resolve_within = "30 d", difference_share = 5,
      },
      stocktakes_done = { passes = true, population = 3 },
    },
  },
  case "what is in store needs an owner, what is gone does not" {
    with = { assets = {
      { id = "st", name = "Spare", type = "hardware", status = "in_store" }, { id = "go", name = "Gone", type = "hardware", status = "disposed" },
    } },
    expect = { assets_owned = { "st", population = 4 } },
  },
  case "critical, rated but for integrity" {
    with = { assets = { { id = "crm", integrity = absent, acquired_at = "2026-02-10" } } },
    expect = { entries_confirmed = { "crm", message = "entry CRM was last confirmed 140 days ago or is incomplete: …" } },
  },
  case "a device that is out of use" {
    with = { endpoints = { { id = "e3", hostname = "nb-1", type = "laptop", ownership = "company", last_seen_at = "2026-06-29T08:00:00Z",
      status = "retired" } } },
    expect = { endpoints_inventoried = { passes = true, population = 1 } },
  },
  case "a device of which nobody says who uses it" {
    with = { endpoints = { { id = "e1", person_id = absent } } },
    expect = { endpoints_inventoried = "pass" },
  },
  case "a comparison in which nothing matched, and one that found a single item" {
    with = { reconciliations = {
      { id = "r2", matched_items = 0, unknown_items = 40 }, { id = "r3", found_items = 1, matched_items = 1 },
    } },
    expect = { stocktakes_done = "pass" },
  },
  case "one item of each sort differs, in each subject" {
    with = { reconciliations = {
      { id = "r2", unknown_items = 1 }, { id = "r3", missing_items = 1 },
      { id = "r4", subject = "services", method = "sample", source = "desk", performed_at = "2026-03-01", found_items = 20, matched_items = 19, wrong_items = 1 },
      { id = "r5", subject = "information", method = "sample", source = "desk", performed_at = "2026-03-01", found_items = 20, matched_items = 19,
        unknown_items = 1 },
      { id = "r6", subject = "suppliers", method = "sample", source = "desk", performed_at = "2026-03-01", found_items = 20, matched_items = 19,
        unknown_items = 1 },
    } },
    expect = { differences_cleared = { "r2", "r3", "r4", "r5", population = 5 } },
  },
  case "nobody says how much the register holds" {
    with = { reconciliations = { { id = "r1", register_items = absent } } },
    expect = { differences_cleared = "pass" },
  },
  case "nor was anything found" {
    with = { reconciliations = { { id = "r1", register_items = absent, found_items = 0, matched_items = 0, unknown_items = 0, missing_items = 1,
      wrong_items = 0 } } },
    expect = { differences_cleared = { "r1", message = "comparison r1 of hardware: ? % of the items were unknown or missing, at most 5 % may be" } },
  },
  case "wrong entries are neither unknown nor missing" {
    with = { reconciliations = { { id = "r1", wrong_items = 9 } } },
    expect = { differences_cleared = "pass" },
  },
}
