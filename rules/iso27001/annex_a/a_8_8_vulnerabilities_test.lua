return test "A.8.8" {
  as_of = "2026-06-30",
  baseline = {
    people = {
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
      { id = "ben", name = "Ben", kind = "employee", start_date = "2020-01-01" },
      { id = "cat", name = "Cat", kind = "employee", start_date = "2020-01-01", end_date = "2026-01-31" },
    },
    documents = {
      { id = "vr", title = "Vulnerability rules", kind = "standard", topics = { "vulnerability" }, version = "1",
        status = "published", owner = "ben", approved_by = "ann", approved_at = "2026-01-10" },
    },
    assets = {
      { id = "shop", name = "Shop", type = "cloud_resource", status = "in_use", environment = "production",
        internet_facing = true, critical = true, owner = "ann", custodian = "ben" },
      { id = "erp", name = "ERP", type = "software", status = "in_use", environment = "production" },
      { id = "crm", name = "CRM", type = "service", status = "in_use", critical = true, supplier_id = "saas" },
    },
    vulnerability_scans = {
      { id = "s1", tool = "nessus", kind = "host", asset_ids = { "shop", "erp" }, authenticated = true,
        targets_planned = 100, targets_reached = 95, feed_updated_at = "2026-06-13T06:00:00Z",
        completed_at = "2026-06-20T06:00:00Z", status = "completed" },
      { id = "s0", tool = "Nessus", kind = "host", asset_ids = { "shop", "erp" }, authenticated = true,
        targets_planned = 100, targets_reached = 100, completed_at = "2026-03-20T06:00:00Z", status = "completed" },
    },
    penetration_tests = {
      { id = "p1", title = "Attack on the shop", kind = "web", asset_ids = { "shop" }, testers = { "cat" },
        authorised_at = "2025-11-20", started_at = "2025-12-01", completed_at = "2025-12-10",
        report_at = "2025-12-15", findings_high = 1, retested_at = "2026-03-10", retest_open = 0,
        status = "completed" },
    },
    vulnerabilities = {
      { id = "v1", identifier = "CVE-1", tool = "nessus", asset_id = "shop", resource = "web1", severity = "critical",
        first_seen_at = "2026-03-01T00:00:00Z", last_seen_at = "2026-03-07T00:00:00Z",
        fixed_at = "2026-03-08T00:00:00Z",
        verified_at = "2026-03-21T00:00:00Z", status = "fixed" },
      { id = "v2", identifier = "CVE-2", asset_id = "erp", resource = "db1", severity = "high",
        first_seen_at = "2026-06-10T00:00:00Z", status = "open" },
      { id = "v3", identifier = "CVE-3", asset_id = "erp", resource = "db1", severity = "medium",
        first_seen_at = "2026-01-01T00:00:00Z", fixed_at = "2026-04-01T00:00:00Z",
        verified_at = "2026-05-16T00:00:00Z", status = "fixed" },
      { id = "v4", identifier = "CVE-4", asset_id = "erp", resource = "db1", severity = "medium", owner = "ben",
        first_seen_at = "2026-01-01T00:00:00Z", decided_by = "ann", decided_at = "2026-01-10",
        decision_expires_at = "2027-01-10", reason = "not reachable", status = "accepted" },
    },
  },

  -- vulnerability_rules_in_force

  case "no rules" {
    with = { documents = { { id = "vr", topics = { "network" } } } },
    expect = {
      vulnerability_rules_in_force = {
        message = "no rules for handling vulnerabilities are in force: no document on vulnerability is published",
      },
    },
  },
  case "the rules are in force for exactly the interval" {
    with = { documents = { { id = "vr", approved_at = "2025-06-30" } } },
    expect = { vulnerability_rules_in_force = "pass" },
  },
  case "the rules are a day past their interval" {
    with = { documents = { { id = "vr", approved_at = "2025-06-29" } } },
    expect = { vulnerability_rules_in_force = "fail" },
  },
  case "a longer interval for the rules" {
    with = { documents = { { id = "vr", approved_at = "2025-06-29" } } },
    params = { policy_review_interval = "366 d" },
    expect = { vulnerability_rules_in_force = "pass" },
  },
  case "no register of documents" {
    without = { "documents" },
    expect = { vulnerability_rules_in_force = "unknown" },
  },

  -- assets_scanned

  case "an asset that no scan names" {
    with = { vulnerability_scans = { { id = "s1", asset_ids = { "shop" } }, { id = "s0", asset_ids = { "shop" } } } },
    expect = { assets_scanned = { "erp", message = "ERP was not fully scanned within 45 days: no scan names it" } },
  },
  case "a scan on the last day" {
    with = { vulnerability_scans = { { id = "s1", completed_at = "2026-05-16T06:00:00Z",
      feed_updated_at = "2026-05-16T05:00:00Z" } } },
    expect = { assets_scanned = "pass" },
  },
  case "a scan a day too long ago" {
    with = { vulnerability_scans = { { id = "s1", completed_at = "2026-05-15T06:00:00Z",
      feed_updated_at = "2026-05-15T05:00:00Z" } } },
    expect = {
      assets_scanned = {
        "shop", "erp", message = "Shop was not fully scanned within 45 days: its last scan is too old",
      },
    },
  },
  case "a longer interval between scans" {
    with = { vulnerability_scans = { { id = "s1", completed_at = "2026-05-15T06:00:00Z",
      feed_updated_at = "2026-05-15T05:00:00Z" } } },
    params = { scan_interval = "46 d" },
    expect = { assets_scanned = "pass" },
  },
  case "a scan that broke off" {
    with = { vulnerability_scans = { { id = "s1", status = "partial" } } },
    without = { vulnerability_scans = { "s0" } },
    expect = {
      assets_scanned = {
        "shop", "erp", message = "Shop was not fully scanned within 45 days: its scan did not complete",
      },
    },
  },
  case "a scan that reached too little" {
    with = { vulnerability_scans = { { id = "s1", targets_reached = 94 } } },
    without = { vulnerability_scans = { "s0" } },
    expect = {
      assets_scanned = {
        "shop", "erp",
        message = "Shop was not fully scanned within 45 days: the scan did not reach enough of its targets",
      },
    },
  },
  case "a scan that reached all" {
    with = { vulnerability_scans = { { id = "s1", targets_reached = 100 } } },
    expect = { assets_scanned = "pass" },
  },
  case "a scan that reached more than there was" {
    with = { vulnerability_scans = { { id = "s1", targets_reached = 101 } } },
    expect = { assets_scanned = { "shop", "erp" } },
  },
  case "scans may reach less" {
    with = { vulnerability_scans = { { id = "s1", targets_reached = 94 } } },
    params = { reach_share = 94 },
    expect = { assets_scanned = "pass" },
  },
  case "a scanner that did not know the latest" {
    with = { vulnerability_scans = { { id = "s1", feed_updated_at = "2026-06-13T05:59:59Z" } } },
    without = { vulnerability_scans = { "s0" } },
    expect = {
      assets_scanned = {
        "shop", "erp",
        message = "Shop was not fully scanned within 45 days: the scanner did not know the latest weaknesses",
      },
    },
  },
  case "a scanner that knows the future" {
    with = { vulnerability_scans = { { id = "s1", feed_updated_at = "2026-07-01T06:00:00Z" } } },
    expect = { assets_scanned = { "shop", "erp" } },
  },
  case "scanners may know less" {
    with = { vulnerability_scans = { { id = "s1", feed_updated_at = "2026-06-13T05:59:59Z" } } },
    params = { feed_age = "8 d" },
    expect = { assets_scanned = "pass" },
  },
  case "a host scan from outside" {
    with = { vulnerability_scans = { { id = "s1", authenticated = absent } } },
    without = { vulnerability_scans = { "s0" } },
    expect = {
      assets_scanned = {
        "shop", "erp", message = "Shop was not fully scanned within 45 days: the scanner could not sign in",
      },
    },
  },
  case "a web scan needs no sign-in" {
    with = { vulnerability_scans = { { id = "s1", kind = "web", authenticated = absent } } },
    expect = { assets_scanned = "pass" },
  },
  case "critical assets are scanned wherever they run" {
    with = { assets = { { id = "shop", environment = absent, internet_facing = absent } } },
    expect = { assets_scanned = { passes = true, population = 2 } },
  },
  case "exposed assets are scanned wherever they run" {
    with = { assets = { { id = "shop", environment = absent, critical = absent } } },
    expect = { assets_scanned = { passes = true, population = 2 } },
  },
  case "half of the assets may be left out" {
    with = { vulnerability_scans = { { id = "s1", asset_ids = { "shop" } } } },
    params = { scanned_share = 50 },
    expect = { assets_scanned = { passes = true, "erp", population = 2 } },
  },
  case "not quite half of the assets may be left out" {
    with = { vulnerability_scans = { { id = "s1", asset_ids = { "shop" } } } },
    params = { scanned_share = 51 },
    expect = { assets_scanned = { "erp" } },
  },
  case "nothing that matters is in use" {
    with = { assets = { { id = "shop", status = "disposed" }, { id = "erp", environment = "test" } } },
    expect = { assets_scanned = "unknown", exposed_systems_pentested = "n_a" },
  },
  case "no list of scans" {
    without = { "vulnerability_scans" },
    expect = { assets_scanned = "unknown", fixes_hold = "unknown" },
  },
  case "no inventory" {
    without = { "assets" },
    expect = { assets_scanned = "unknown", exposed_systems_pentested = "unknown" },
  },

  -- critical_fixed_in_time

  case "a critical weakness is still open" {
    with = { vulnerabilities = { { id = "v1", first_seen_at = "2026-06-20T00:00:00Z", fixed_at = absent,
      status = "open" } } },
    expect = {
      critical_fixed_in_time = {
        "v1",
        message = "CVE-1 (critical) on Shop web1 has been open for 10 days, or is called fixed without a date",
      },
    },
  },
  case "fixed, nobody knows when" {
    with = { vulnerabilities = { { id = "v1", fixed_at = absent } } },
    expect = { critical_fixed_in_time = { "v1" } },
  },
  case "an exposed one fixed a second too late" {
    with = { vulnerabilities = { { id = "v1", fixed_at = "2026-03-08T00:00:01Z" } } },
    expect = {
      critical_fixed_in_time = {
        "v1", message = "CVE-1 (critical) on Shop web1 was fixed after 8 days, or before it was found",
      },
    },
  },
  case "more time for exposed ones" {
    with = { vulnerabilities = { { id = "v1", fixed_at = "2026-03-09T00:00:00Z" } } },
    params = { fix_exposed = "8 d" },
    expect = { critical_fixed_in_time = "pass" },
  },
  case "one that is not exposed has more time" {
    with = { vulnerabilities = { { id = "v1", asset_id = "erp", fixed_at = "2026-03-16T00:00:00Z" } } },
    expect = { critical_fixed_in_time = "pass" },
  },
  case "but not for ever" {
    with = { vulnerabilities = { { id = "v1", asset_id = "erp", fixed_at = "2026-03-16T00:00:01Z" } } },
    expect = { critical_fixed_in_time = { "v1" } },
  },
  case "more time for critical ones" {
    with = { vulnerabilities = { { id = "v1", asset_id = "erp", fixed_at = "2026-03-16T00:00:01Z" } } },
    params = { fix_critical = "16 d" },
    expect = { critical_fixed_in_time = "pass" },
  },
  case "one that is attacked has two weeks" {
    with = { vulnerabilities = { { id = "v3", known_exploited = true, fixed_at = "2026-01-15T00:00:00Z" } } },
    expect = { critical_fixed_in_time = { passes = true, population = 2 } },
  },
  case "one that is attacked was fixed too late" {
    with = { vulnerabilities = { { id = "v3", known_exploited = true, fixed_at = "2026-01-15T00:00:01Z" } } },
    expect = { critical_fixed_in_time = { "v3" } },
  },
  case "more time for attacked ones" {
    with = { vulnerabilities = { { id = "v3", known_exploited = true, fixed_at = "2026-01-15T00:00:01Z" } } },
    params = { fix_exploited = "15 d" },
    expect = { critical_fixed_in_time = "pass" },
  },
  case "fixed before it was found" {
    with = { vulnerabilities = { { id = "v1", fixed_at = "2026-02-28T00:00:00Z" } } },
    expect = { critical_fixed_in_time = { "v1" } },
  },
  case "fixed before the period" {
    with = { vulnerabilities = { { id = "v1", first_seen_at = "2025-01-01T00:00:00Z",
      fixed_at = "2025-06-29T00:00:00Z" } } },
    expect = { critical_fixed_in_time = "n_a" },
  },
  case "a longer period" {
    with = { vulnerabilities = { { id = "v1", first_seen_at = "2025-01-01T00:00:00Z",
      fixed_at = "2025-06-29T00:00:00Z" } } },
    params = { lookback = "366 d" },
    expect = { critical_fixed_in_time = { "v1" } },
  },
  case "the export is just recent enough" {
    collected_at = { vulnerabilities = "2026-05-16" },
    expect = { critical_fixed_in_time = "pass" },
  },
  case "the export is a day too old" {
    collected_at = { vulnerabilities = "2026-05-15" },
    expect = { critical_fixed_in_time = "unknown", others_fixed_in_time = "pass" },
  },
  case "older exports may do" {
    collected_at = { vulnerabilities = "2026-05-15" },
    params = { export_age = "46 d" },
    expect = { critical_fixed_in_time = "pass" },
  },
  case "no list of weaknesses" {
    without = { "vulnerabilities" },
    expect = {
      critical_fixed_in_time = "unknown", others_fixed_in_time = "unknown", decisions_valid = "unknown",
      fixes_hold = "unknown",
    },
  },

  -- others_fixed_in_time

  case "a medium one fixed a second too late" {
    with = { vulnerabilities = { { id = "v3", fixed_at = "2026-04-01T00:00:01Z" } } },
    expect = {
      others_fixed_in_time = {
        "v3", message = "CVE-3 (medium) on ERP db1 was fixed after 91 days, or before it was found",
      },
    },
  },
  case "a medium one fixed before it was found" {
    with = { vulnerabilities = { { id = "v3", fixed_at = "2025-12-31T00:00:00Z" } } },
    expect = { others_fixed_in_time = { "v3" } },
  },
  case "more time for medium ones" {
    with = { vulnerabilities = { { id = "v3", fixed_at = "2026-04-01T00:00:01Z" } } },
    params = { fix_medium = "91 d" },
    expect = { others_fixed_in_time = "pass" },
  },
  case "a high one is still open" {
    with = { vulnerabilities = { { id = "v2", first_seen_at = "2026-05-30T00:00:00Z" } } },
    expect = {
      others_fixed_in_time = {
        "v2", message = "CVE-2 (high) on ERP db1 has been open for 31 days, or is called fixed without a date",
      },
    },
  },
  case "more time for high ones" {
    with = { vulnerabilities = { { id = "v2", first_seen_at = "2026-05-30T00:00:00Z" } } },
    params = { fix_high = "31 d" },
    expect = { others_fixed_in_time = { passes = true, population = 1 } },
  },
  case "a low one has half a year" {
    with = { vulnerabilities = { { id = "v2", severity = "low", first_seen_at = "2026-01-01T00:00:00Z" } } },
    expect = { others_fixed_in_time = { passes = true, population = 1 } },
  },
  case "a low one is overdue" {
    with = { vulnerabilities = { { id = "v2", severity = "low", first_seen_at = "2025-12-31T00:00:00Z" } } },
    expect = { others_fixed_in_time = { "v2" } },
  },
  case "more time for low ones" {
    with = { vulnerabilities = { { id = "v2", severity = "low", first_seen_at = "2025-12-31T00:00:00Z" } } },
    params = { fix_low = "181 d" },
    expect = { others_fixed_in_time = { passes = true, population = 1 } },
  },
  case "half of them in time may do" {
    with = { vulnerabilities = { { id = "v2", first_seen_at = "2026-05-30T00:00:00Z" } } },
    params = { fixed_share = 50 },
    expect = { others_fixed_in_time = { passes = true, "v2", population = 2 } },
  },
  case "a little more than half of them" {
    with = { vulnerabilities = { { id = "v2", first_seen_at = "2026-05-30T00:00:00Z" } } },
    params = { fixed_share = 51 },
    expect = { others_fixed_in_time = { "v2" } },
  },
  case "no other weaknesses are due" {
    without = { vulnerabilities = { "v3" } },
    expect = { others_fixed_in_time = "n_a" },
  },

  -- decisions_valid

  case "accepted without a reason" {
    with = { vulnerabilities = { { id = "v4", reason = absent } } },
    expect = { decisions_valid = { "v4", message = "CVE-4 on ERP db1 is accepted without a reason" } },
  },
  case "nobody decided" {
    with = { vulnerabilities = { { id = "v4", decided_by = absent } } },
    expect = { decisions_valid = { "v4", message = "nobody decided that CVE-4 on ERP db1 is accepted" } },
  },
  case "decided by who has to fix it" {
    with = { vulnerabilities = { { id = "v4", decided_by = "ben" } } },
    expect = {
      decisions_valid = { "v4", message = "CVE-4 on ERP db1 is accepted: who has to fix it decided that" },
    },
  },
  case "decided at no time" {
    with = { vulnerabilities = { { id = "v4", decided_at = absent } } },
    expect = {
      decisions_valid = { "v4", message = "it is not recorded when CVE-4 on ERP db1 was declared accepted" },
    },
  },
  case "decided by somebody who had left" {
    with = { vulnerabilities = { { id = "v4", decided_by = "cat", decided_at = "2026-02-01" } } },
    expect = {
      decisions_valid = {
        "v4", message = "CVE-4 on ERP db1 is accepted: the decider was not with the organisation then",
      },
    },
  },
  case "decided before it was found" {
    with = { vulnerabilities = { { id = "v4", decided_at = "2025-12-31" } } },
    expect = {
      decisions_valid = { "v4", message = "CVE-4 on ERP db1 is accepted: decided on 2025-12-31, before it was found" },
    },
  },
  case "accepted for ever" {
    with = { vulnerabilities = { { id = "v4", decision_expires_at = absent } } },
    expect = { decisions_valid = { "v4", message = "CVE-4 on ERP db1 is accepted for ever" } },
  },
  case "the decision ends today" {
    with = { vulnerabilities = { { id = "v4", decision_expires_at = "2026-06-30" } } },
    expect = { decisions_valid = "pass" },
  },
  case "the decision expired" {
    with = { vulnerabilities = { { id = "v4", decision_expires_at = "2026-06-29" } } },
    expect = {
      decisions_valid = { "v4", message = "CVE-4 on ERP db1 is accepted: the decision expired on 2026-06-29" },
    },
  },
  case "accepted for a day too long" {
    with = { vulnerabilities = { { id = "v4", decision_expires_at = "2027-01-11" } } },
    expect = {
      decisions_valid = { "v4", message = "CVE-4 on ERP db1 is accepted: decided for longer than 365 days" },
    },
  },
  case "acceptance may last longer" {
    with = { vulnerabilities = { { id = "v4", decision_expires_at = "2027-01-11" } } },
    params = { accept_max = "366 d" },
    expect = { decisions_valid = "pass" },
  },
  case "attacked ones are accepted for a shorter time" {
    with = { vulnerabilities = { { id = "v4", known_exploited = true, decided_at = "2026-06-01",
      decision_expires_at = "2026-08-30" } } },
    expect = { decisions_valid = "pass" },
  },
  case "critical ones accepted for a day too long" {
    with = { vulnerabilities = { { id = "v4", severity = "critical", decided_at = "2026-06-01",
      decision_expires_at = "2026-08-31" } } },
    expect = {
      decisions_valid = { "v4", message = "CVE-4 on ERP db1 is accepted: decided for longer than 90 days" },
    },
  },
  case "critical ones may be accepted for longer" {
    with = { vulnerabilities = { { id = "v4", severity = "critical", decided_at = "2026-06-01",
      decision_expires_at = "2026-08-31" } } },
    params = { accept_max_exploited = "91 d" },
    expect = { decisions_valid = "pass" },
  },
  case "a false alarm is one for ever" {
    with = { vulnerabilities = { { id = "v4", status = "false_positive", decision_expires_at = absent } } },
    expect = { decisions_valid = "pass" },
  },
  case "nothing was left unfixed" {
    with = { vulnerabilities = { { id = "v4", severity = "informational" } } },
    expect = { decisions_valid = "n_a" },
  },
  case "no register of people" {
    without = { "people" },
    expect = { decisions_valid = "unknown" },
  },

  -- fixes_hold

  case "nobody confirmed the fix" {
    with = { vulnerabilities = { { id = "v1", verified_at = absent } } },
    expect = { fixes_hold = { "v1", message = "nobody confirmed that CVE-1 on Shop web1 is gone" } },
  },
  case "confirmed a second too late" {
    with = { vulnerabilities = { { id = "v3", verified_at = "2026-05-16T00:00:01Z" } } },
    expect = {
      fixes_hold = {
        "v3",
        message = "CVE-3 on ERP db1, fixed on 2026-04-01T00:00:00Z: "
          .. "confirmed on 2026-05-16T00:00:01Z, not within 45 days after it",
      },
    },
  },
  case "more time for confirming" {
    with = { vulnerabilities = { { id = "v3", verified_at = "2026-05-16T00:00:01Z" } } },
    params = { verify_within = "46 d" },
    expect = { fixes_hold = "pass" },
  },
  case "seen after it was fixed" {
    with = { vulnerabilities = { { id = "v3", last_seen_at = "2026-04-02T00:00:00Z" } } },
    expect = {
      fixes_hold = {
        "v3", message = "CVE-3 on ERP db1, fixed on 2026-04-01T00:00:00Z: seen again on 2026-04-02T00:00:00Z",
      },
    },
  },
  case "seen last when it was fixed" {
    with = { vulnerabilities = { { id = "v3", last_seen_at = "2026-04-01T00:00:00Z" } } },
    expect = { fixes_hold = "pass" },
  },
  case "found again under another number" {
    add = { vulnerabilities = { { id = "v9", identifier = "CVE-3", asset_id = "erp", resource = "db1",
      severity = "low", first_seen_at = "2026-06-01T00:00:00Z", status = "open" } } },
    expect = {
      fixes_hold = { "v3", message = "CVE-3 on ERP db1, fixed on 2026-04-01T00:00:00Z: found again as v9" },
    },
  },
  case "found somewhere else" {
    add = { vulnerabilities = { { id = "v9", identifier = "CVE-3", asset_id = "erp", severity = "low",
      first_seen_at = "2026-06-01T00:00:00Z", status = "open" } } },
    expect = { fixes_hold = "pass" },
  },
  case "no scan stands behind the confirmation" {
    with = { vulnerability_scans = { { id = "s0", tool = "trivy" } },
      penetration_tests = { { id = "p1", retested_at = "2026-03-22" } } },
    expect = {
      fixes_hold = {
        "v1",
        message = "CVE-1 on Shop web1, fixed on 2026-03-08T00:00:00Z: "
          .. "no scan or test of the asset by nessus stands behind the confirmation",
      },
    },
  },
  case "the scan itself is the confirmation" {
    with = { vulnerabilities = { { id = "v1", verified_at = "2026-03-20T06:00:00Z" } },
      penetration_tests = { { id = "p1", retested_at = "2026-03-22" } } },
    expect = { fixes_hold = "pass" },
  },
  case "a retest stands behind the confirmation" {
    with = { vulnerability_scans = { { id = "s0", tool = "trivy" } },
      vulnerabilities = { { id = "v1", tool = "pentest" } } },
    expect = { fixes_hold = "pass" },
  },
  case "there is still time for confirming" {
    with = { vulnerabilities = {
      { id = "v1", fixed_at = "2026-06-01T00:00:00Z" }, { id = "v3", fixed_at = "2026-06-01T00:00:00Z" },
    } },
    expect = { fixes_hold = "n_a" },
  },

  -- exposed_systems_pentested

  case "never attacked" {
    with = { penetration_tests = { { id = "p1", status = "running" } } },
    expect = {
      exposed_systems_pentested = {
        "shop", message = "Shop faces the Internet and was not attacked by testers within 420 days",
      },
    },
  },
  case "attacked on the last day" {
    with = { penetration_tests = { { id = "p1", authorised_at = "2025-04-01", started_at = "2025-05-01",
      completed_at = "2025-05-06", report_at = "2025-05-07", findings_high = 0 } } },
    expect = { exposed_systems_pentested = "pass" },
  },
  case "attacked a day too long ago" {
    with = { penetration_tests = { { id = "p1", authorised_at = "2025-04-01", started_at = "2025-05-01",
      completed_at = "2025-05-05", report_at = "2025-05-07", findings_high = 0 } } },
    expect = { exposed_systems_pentested = { "shop" } },
  },
  case "a longer interval between tests" {
    with = { penetration_tests = { { id = "p1", authorised_at = "2025-04-01", started_at = "2025-05-01",
      completed_at = "2025-05-05", report_at = "2025-05-07", findings_high = 0 } } },
    params = { pentest_interval = "421 d" },
    expect = { exposed_systems_pentested = "pass" },
  },
  case "attacked by the own custodian" {
    with = { penetration_tests = { { id = "p1", testers = { "cat", "ben" } } } },
    expect = {
      exposed_systems_pentested = {
        "shop",
        message = "Shop faces the Internet and was tested by those who answer for it, or nobody knows by whom",
      },
    },
  },
  case "attacked by nobody knows whom" {
    with = { penetration_tests = { { id = "p1", testers = absent } } },
    expect = { exposed_systems_pentested = { "shop" } },
  },
  case "attacked by a firm" {
    with = { penetration_tests = { { id = "p1", testers = absent, supplier_id = "redteam" } } },
    expect = { exposed_systems_pentested = "pass" },
  },
  case "nobody authorised the test" {
    with = { penetration_tests = { { id = "p1", authorised_at = absent } } },
    expect = { exposed_systems_pentested = { "shop", message = "nobody authorised the test of Shop" } },
  },
  case "authorised after it began" {
    with = { penetration_tests = { { id = "p1", authorised_at = "2025-12-02" } } },
    expect = {
      exposed_systems_pentested = {
        "shop", message = "Shop faces the Internet and its test began on 2025-12-01, before it was authorised",
      },
    },
  },
  case "authorised on the day it began" {
    with = { penetration_tests = { { id = "p1", authorised_at = "2025-12-01" } } },
    expect = { exposed_systems_pentested = "pass" },
  },
  case "a report from the last day of the test" {
    with = { penetration_tests = { { id = "p1", report_at = "2025-12-10" } } },
    expect = { exposed_systems_pentested = "pass" },
  },
  case "a report from before the test" {
    with = { penetration_tests = { { id = "p1", report_at = "2025-12-09" } } },
    expect = { exposed_systems_pentested = { "shop" } },
  },
  case "no report" {
    with = { penetration_tests = { { id = "p1", report_at = absent } } },
    expect = {
      exposed_systems_pentested = { "shop", message = "Shop faces the Internet and there is no report on its test" },
    },
  },
  case "serious findings were not retested" {
    with = { penetration_tests = { { id = "p1", retested_at = absent } } },
    expect = { exposed_systems_pentested = { "shop", message = "serious findings on Shop were not retested" } },
  },
  case "retested a day late" {
    with = { penetration_tests = { { id = "p1", retested_at = "2026-03-11" } } },
    expect = {
      exposed_systems_pentested = {
        "shop", message = "Shop faces the Internet and serious findings were retested late, or are still open",
      },
    },
  },
  case "more time for retests" {
    with = { penetration_tests = { { id = "p1", retested_at = "2026-03-11" } } },
    params = { retest_within = "91 d" },
    expect = { exposed_systems_pentested = "pass" },
  },
  case "retested at once" {
    with = { penetration_tests = { { id = "p1", retested_at = "2025-12-10" } } },
    expect = { exposed_systems_pentested = "pass" },
  },
  case "there is still time for the retest" {
    with = { penetration_tests = { { id = "p1", authorised_at = "2026-03-01", started_at = "2026-03-20",
      completed_at = "2026-04-01", report_at = "2026-04-02", retested_at = absent } } },
    expect = { exposed_systems_pentested = "pass" },
  },
  case "findings are still open" {
    with = { penetration_tests = { { id = "p1", retest_open = 1 } } },
    expect = { exposed_systems_pentested = { "shop" } },
  },
  case "without serious findings nothing is retested" {
    with = { penetration_tests = { { id = "p1", findings_high = absent, retested_at = absent } } },
    expect = { exposed_systems_pentested = "pass" },
  },
  case "no list of tests" {
    without = { "penetration_tests" },
    expect = { exposed_systems_pentested = "unknown" },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = {
      policy_review_interval = "365 d", lookback = "365 d", scan_interval = "45 d", reach_share = 95, feed_age = "7 d", scanned_share = 95,
      fix_exposed = "7 d", fix_exploited = "14 d", fix_critical = "15 d", fix_high = "30 d", fix_medium = "90 d", fix_low = "180 d", fixed_share = 90,
      accept_max = "365 d", accept_max_exploited = "90 d", verify_within = "45 d", pentest_interval = "420 d", retest_within = "90 d", export_age = "45 d",
    } },
  },
  case "machines and services of our own, and information" {
    with = { assets = {
      { id = "srv", name = "Server", type = "hardware", status = "in_use", environment = "production" },
      { id = "dns", name = "Names", type = "service", status = "in_use", environment = "production" },
      { id = "plan", name = "Plans", type = "information", status = "in_use", critical = true },
    } },
    expect = { assets_scanned = { "srv", "dns", population = 4 } },
  },
  case "a cloud resource has a provider" {
    with = { assets = { { id = "shop", supplier_id = "aws" } } },
    expect = { assets_scanned = { passes = true, population = 2 } },
  },
  case "scanned long ago with what is known today" {
    with = { vulnerability_scans = { { id = "s1", completed_at = "2026-05-10T06:00:00Z", feed_updated_at = "2026-06-01T06:00:00Z" } } },
    expect = { assets_scanned = "fail" },
  },
  case "a scan of a single target" {
    with = { vulnerability_scans = { { id = "s1", targets_planned = 1, targets_reached = 1 } } },
    expect = { assets_scanned = "pass" },
  },
  case "no target needs to be reached" {
    with = { vulnerability_scans = { { id = "s1", targets_reached = 0 } } }, params = { reach_share = 0 },
    expect = { assets_scanned = "pass" },
  },
  case "but some must be planned" {
    with = { vulnerability_scans = { { id = "s1", targets_planned = 0, targets_reached = 0 } } }, params = { reach_share = 0 },
    expect = { assets_scanned = "fail" },
  },
  case "a scanner that was updated today" {
    with = { vulnerability_scans = { { id = "s1", feed_updated_at = "2026-06-30T06:00:00Z" } } },
    expect = { assets_scanned = "pass" },
  },
  case "a network scan from outside" {
    with = { vulnerability_scans = { { id = "s1", kind = "network", authenticated = false } } },
    expect = { assets_scanned = { "shop", "erp" } },
  },
  case "an attacked one that is exposed, but not critical" {
    with = { vulnerabilities = { { id = "v5", identifier = "CVE-5", asset_id = "shop", severity = "high", known_exploited = true,
      first_seen_at = "2026-06-18T00:00:00Z", status = "open" } } },
    expect = { critical_fixed_in_time = { passes = true, population = 1 } },
  },
  case "an attacked one that is not critical, with time" {
    with = { vulnerabilities = { { id = "v5", identifier = "CVE-5", asset_id = "erp", severity = "high", known_exploited = true,
      first_seen_at = "2026-06-13T00:00:00Z", status = "open" } } },
    params = { fix_exploited = "20 d" },
    expect = { critical_fixed_in_time = { passes = true, population = 1 } },
  },
  case "critical, and said not to be attacked" {
    with = { vulnerabilities = { { id = "v1", known_exploited = false } } },
    expect = { critical_fixed_in_time = "pass" },
  },
  case "attacked ones are judged as such only" {
    with = { vulnerabilities = {
      { id = "v3", known_exploited = false },
      { id = "v5", identifier = "CVE-5", asset_id = "erp", severity = "medium", known_exploited = true, first_seen_at = "2026-01-01T00:00:00Z",
        status = "open" },
    } },
    expect = { others_fixed_in_time = { passes = true, population = 1 } },
  },
  case "mitigated without a reason" {
    with = { vulnerabilities = { { id = "v4", status = "mitigated", reason = absent } } },
    expect = { decisions_valid = { "v4" } },
  },
  case "a low one accepted without a reason" {
    with = { vulnerabilities = { { id = "v4", severity = "low", reason = absent } } },
    expect = { decisions_valid = { "v4" } },
  },
  case "a high one accepted without a reason" {
    with = { vulnerabilities = { { id = "v4", severity = "high", reason = absent } } },
    expect = { decisions_valid = { "v4" } },
  },
  case "mitigated for a time that is over" {
    with = { vulnerabilities = { { id = "v4", status = "mitigated", decision_expires_at = "2026-06-01" } } },
    expect = { decisions_valid = { "v4" } },
  },
  case "an attacked one accepted for a year" {
    with = { vulnerabilities = { { id = "v4", known_exploited = true } } },
    expect = { decisions_valid = { "v4" } },
  },
  case "unconfirmed: accepted meanwhile, low, long ago, just now" {
    with = { vulnerabilities = {
      { id = "v5", identifier = "CVE-5", severity = "medium", first_seen_at = "2026-01-01T00:00:00Z", fixed_at = "2026-03-01T00:00:00Z", status = "accepted" },
      { id = "v6", identifier = "CVE-6", severity = "low", first_seen_at = "2026-01-01T00:00:00Z", fixed_at = "2026-03-01T00:00:00Z", status = "fixed" },
      { id = "v7", identifier = "CVE-7", severity = "medium", first_seen_at = "2025-05-01T00:00:00Z", fixed_at = "2025-06-01T00:00:00Z", status = "fixed" },
      { id = "v8", identifier = "CVE-8", severity = "medium", first_seen_at = "2026-05-01T00:00:00Z", fixed_at = "2026-05-16T00:00:00Z", status = "fixed" },
    } },
    expect = { fixes_hold = { passes = true, population = 2 } },
  },
  case "a high one that nobody confirmed" {
    with = { vulnerabilities = { { id = "v5", identifier = "CVE-5", severity = "high", first_seen_at = "2026-01-01T00:00:00Z",
      fixed_at = "2026-03-01T00:00:00Z", status = "fixed" } } },
    expect = { fixes_hold = { "v5" } },
  },
  case "found again before it was confirmed" {
    with = { vulnerabilities = {
      { id = "v3", owner = "ben", reason = "patched" },
      { id = "v6", identifier = "CVE-3", asset_id = "erp", resource = "db1", severity = "medium", first_seen_at = "2026-04-20T00:00:00Z", status = "open" },
    } },
    expect = { fixes_hold = { "v3" } },
  },
  case "found again today" {
    with = { vulnerabilities = { { id = "v6", identifier = "CVE-3", asset_id = "erp", resource = "db1", severity = "medium",
      first_seen_at = "2026-06-30T00:00:00Z", status = "open" } } },
    expect = { fixes_hold = { "v3" } },
  },
  case "to be found again, or found when it was fixed" {
    with = { vulnerabilities = {
      { id = "v6", identifier = "CVE-3", asset_id = "erp", resource = "db1", severity = "medium", first_seen_at = "2026-07-10T00:00:00Z", status = "open" },
      { id = "v7", identifier = "CVE-3", asset_id = "erp", resource = "db1", severity = "medium", first_seen_at = "2026-04-01T00:00:00Z", status = "open" },
    } },
    expect = { fixes_hold = "pass" },
  },
  case "fixed nobody knows in which part, found in one" {
    with = { vulnerabilities = {
      { id = "v3", resource = absent },
      { id = "v6", identifier = "CVE-3", asset_id = "erp", resource = "db2", severity = "medium", first_seen_at = "2026-06-01T00:00:00Z", status = "open" },
    } },
    expect = { fixes_hold = "pass" },
  },
  case "fixed on no known asset, found on one" {
    with = { vulnerabilities = {
      { id = "v3", asset_id = absent, tool = "nessus" },
      { id = "v6", identifier = "CVE-3", asset_id = "shop", resource = "db1", severity = "medium", first_seen_at = "2026-06-01T00:00:00Z", status = "open" },
    } },
    expect = { fixes_hold = "pass" },
  },
  case "the scan was before the fix" {
    with = { vulnerability_scans = { { id = "s0", completed_at = "2026-03-01T06:00:00Z" } }, penetration_tests = { { id = "p1", retested_at = absent } } },
    expect = { fixes_hold = { "v1" } },
  },
  case "the scan was in the moment of the fix" {
    with = { vulnerability_scans = { { id = "s0", completed_at = "2026-03-08T00:00:00Z" } }, penetration_tests = { { id = "p1", retested_at = absent } } },
    expect = { fixes_hold = "pass" },
  },
  case "scan and retest were of something else" {
    with = { vulnerability_scans = { { id = "s0", asset_ids = { "erp" } } }, penetration_tests = { { id = "p1", asset_ids = { "erp" } } } },
    expect = { fixes_hold = { "v1" } },
  },
  case "the scan broke off" {
    with = { vulnerability_scans = { { id = "s0", status = "partial" } }, penetration_tests = { { id = "p1", retested_at = absent } } },
    expect = { fixes_hold = { "v1" } },
  },
  case "a critical asset that is not exposed" {
    with = { assets = { { id = "erp", critical = true } } },
    expect = { exposed_systems_pentested = { passes = true, population = 1 } },
  },
  case "an exposed asset without weight" {
    with = { assets = { { id = "erp", internet_facing = true } } },
    expect = { exposed_systems_pentested = { passes = true, population = 1 } },
  },
  case "an exposed asset with personal data" {
    with = { assets = { { id = "erp", internet_facing = true, holds_personal_data = true } } },
    expect = { exposed_systems_pentested = { "erp" } },
  },
  case "something else was attacked" {
    with = { penetration_tests = { { id = "p1", asset_ids = { "erp" } } } },
    expect = { exposed_systems_pentested = { "shop" } },
  },
  case "attacked by the own owner" {
    with = { penetration_tests = { { id = "p1", testers = { "ann" } } } },
    expect = { exposed_systems_pentested = { "shop" } },
  },
  case "a report that is to come" {
    with = { penetration_tests = { { id = "p1", report_at = "2026-07-05" } } },
    expect = { exposed_systems_pentested = { "shop" } },
  },
  case "a report of today" {
    with = { penetration_tests = { { id = "p1", report_at = "2026-06-30" } } },
    expect = { exposed_systems_pentested = "pass" },
  },
  case "a critical finding was not retested" {
    with = { penetration_tests = { { id = "p1", findings_critical = 1, findings_high = absent, retested_at = absent } } },
    expect = { exposed_systems_pentested = { "shop" } },
  },
  case "retested before the test was over" {
    with = { penetration_tests = { { id = "p1", retested_at = "2025-12-05" } } },
    expect = { exposed_systems_pentested = { "shop" } },
  },
}
