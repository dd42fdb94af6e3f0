-- One internal audit of all clauses and of A.5 in spring; A.8 is planned for autumn.
return test "9.2.1" {
  as_of = "2026-06-30",
  baseline = {
    documents = {
      { id = "p1", title = "Security policy", kind = "policy", version = "1", status = "published" },
    },
    soa = {
      { control = "A.5.1", applicable = true, justification = "Rules need a frame" },
      { control = "A.8.13", applicable = true, justification = "Data must come back" },
      { control = "A.7.10", applicable = false, justification = "No media are used here" },
    },
    scope = {
      { id = "s1", kind = "site", name = "Berlin", in_scope = true, decided_at = "2024-01-01" },
      { id = "s2", kind = "unit", name = "Sales", in_scope = true, decided_at = "2024-01-01" },
      { id = "s3", kind = "system", name = "CRM", in_scope = true, decided_at = "2024-01-01" },
    },
    audits = {
      { id = "a1", title = "Spring audit", kind = "internal", scope = { "4", "5", "6", "7", "8", "9", "10", "A.5" }, units = { "berlin" },
        criteria = { "ISO/IEC 27001:2022", "p1" }, planned_at = "2026-03-01", started_at = "2026-03-02", completed_at = "2026-03-06",
        status = "completed" },
      { id = "a2", title = "Autumn audit", kind = "internal", scope = { "A.8" }, units = { "Sales" }, planned_at = "2026-10-01",
        status = "planned" },
    },
    nonconformities = {},
  },
  at_baseline = { audits_find_weakness = "n_a" },

  case "audits were not supplied" {
    without = { "audits" },
    results = { ["A.5.1"] = { status = "ineffective", score = 10 } },
    expect = {
      audited_recently = "unknown", clauses_covered = "unknown", controls_covered = "unknown", sites_covered = "unknown",
      own_rules_audited = "unknown", audits_find_weakness = "unknown",
    },
  },
  case "no audit was ever held" {
    only = { audits = {} },
    expect = { audited_recently = { message = "the last internal audit was completed ? days ago or never" }, own_rules_audited = "unknown" },
  },
  case "395 days ago" {
    with = { audits = { { id = "a1", started_at = "2025-05-31", completed_at = "2025-05-31" } } },
    expect = { audited_recently = "pass" },
  },
  case "396 days ago" {
    with = { audits = { { id = "a1", started_at = "2025-05-30", completed_at = "2025-05-30" } } },
    expect = { audited_recently = { message = "the last internal audit was completed 396 days ago or never" } },
  },
  case "completed on no date" {
    with = { audits = { { id = "a1", completed_at = absent } } },
    expect = { audited_recently = { "a1", message = "audit a1 (Spring audit) is called completed without a date" } },
  },
  case "completed before it began" {
    with = { audits = { { id = "a1", started_at = "2026-03-07" } } },
    expect = { audited_recently = { "a1", message = "audit a1 (Spring audit) was not completed between its start and now" } },
  },
  case "a clause left out" {
    with = { audits = { { id = "a1", scope = { "4", "5", "6", "7", "8", "9", "10.1", "A.5" } } } },
    expect = { clauses_covered = { "10.2", message = "clause 10.2 was not covered by an internal audit within 365 days" } },
  },
  case "the audit of the clauses is a year old to the day" {
    with = { audits = { { id = "a1", started_at = "2025-06-30", completed_at = "2025-06-30" } } },
    expect = { clauses_covered = "pass" },
  },
  case "and a day older" {
    with = { audits = { { id = "a1", started_at = "2025-06-29", completed_at = "2025-06-29" } } },
    expect = { clauses_covered = { failed = 30 } },
  },
  case "a control that nobody audits" {
    without = { audits = { "a2" } },
    expect = { controls_covered = { "A.8.13", message = "A.8.13 is applicable, but neither audited within 1095 days nor planned to be" } },
  },
  case "planned too late" {
    with = { audits = { { id = "a2", planned_at = "2029-03-06" } } },
    expect = { controls_covered = { "A.8.13" } },
  },
  case "planned for the last day of the cycle" {
    with = { audits = { { id = "a2", planned_at = "2029-03-05" } } },
    expect = { controls_covered = "pass" },
  },
  case "no SoA" {
    without = { "soa" },
    expect = { controls_covered = "unknown" },
  },
  case "a site that nobody visits" {
    with = { audits = { { id = "a1", units = { "Hamburg" } } } },
    expect = { sites_covered = { "s1", message = "site Berlin is in scope, but neither audited within 1095 days nor planned to be" } },
  },
  case "a visit planned in the past is none" {
    with = { audits = { { id = "a2", planned_at = "2026-06-29" } } },
    expect = { sites_covered = { "s2" } },
  },
  case "new sites have time" {
    with = { scope = { { id = "s2", decided_at = "2025-07-01" } }, audits = { { id = "a2", units = absent } } },
    expect = { sites_covered = { population = 1, passes = true } },
  },
  case "scope was not supplied" {
    without = { "scope" },
    expect = { sites_covered = "n_a" },
  },
  case "audited without criteria" {
    with = { audits = { { id = "a1", criteria = absent } } },
    expect = { own_rules_audited = { "a1", message = "audit a1 (Spring audit) states no criteria" } },
  },
  case "audited against the standard only" {
    with = { audits = { { id = "a1", criteria = { "ISO/IEC 27001:2022" } } } },
    expect = { own_rules_audited = { "a1",
      message = "audit a1 (Spring audit) was held against ISO/IEC 27001:2022, without the standard or without own documents" } },
  },
  case "the audit found nothing" {
    results = { ["A.5.1"] = { status = "partially_effective", score = 49 } },
    expect = { audits_find_weakness = { "A.5.1", message = "A.5.1 was audited, its effectiveness is only 0.49, and the audit found nothing" } },
  },
  case "the audit found it" {
    results = { ["A.5.1"] = { status = "partially_effective", score = 49 } },
    with = { nonconformities = { { id = "n1", source = "internal_audit", requirement = "A.5.1", grade = "minor", description = "Late review",
      raised_at = "2026-03-02", closed_at = "2026-05-01", status = "closed" } } },
    expect = { audits_find_weakness = "pass" },
  },
  case "an older finding that is closed does not count" {
    results = { ["A.5.1"] = { status = "partially_effective", score = 49 } },
    with = { nonconformities = { { id = "n1", source = "internal_audit", requirement = "A.5.1", grade = "minor", description = "Late review",
      raised_at = "2026-03-01", closed_at = "2026-05-01", status = "closed" } } },
    expect = { audits_find_weakness = { "A.5.1" } },
  },
  case "what was not audited cannot be missed" {
    results = { ["A.8.13"] = { status = "ineffective", score = 10 } },
    expect = { audits_find_weakness = "n_a" },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = { audit_interval = "365 d", grace = "30 d", clause_cycle = "365 d", control_cycle = "1095 d", weak = 0.5 } },
  },
  case "an audit by a customer is no internal one" {
    with = { audits = { { id = "a3", title = "Customer", kind = "customer", planned_at = "2026-06-01", status = "completed" } } },
    expect = { audited_recently = "pass", own_rules_audited = { passes = true, population = 1 } },
  },
  case "completed today" {
    with = { audits = { { id = "a1", completed_at = "2026-06-30" } } },
    expect = { audited_recently = "pass" },
  },
  case "a further one, completed tomorrow" {
    with = { audits = { { id = "a3", title = "Summer", kind = "internal", planned_at = "2026-06-29", started_at = "2026-06-29",
      completed_at = "2026-07-01", status = "completed" } } },
    expect = { audited_recently = { "a3", message = "audit a3 (Summer) was not completed between its start and now" } },
  },
  case "a year old to the day, as an audit of our own rules" {
    with = { audits = { { id = "a1", started_at = "2025-06-30", completed_at = "2025-06-30" } } },
    expect = { own_rules_audited = { passes = true, population = 1 } },
  },
  case "older audits may have had other criteria" {
    with = { audits = { { id = "a0", title = "Old", kind = "internal", planned_at = "2025-06-01", started_at = "2025-06-29",
      completed_at = "2025-06-29", status = "completed" } } },
    expect = { own_rules_audited = { passes = true, population = 1 } },
  },
  case "an audit older than the cycle cannot have found it" {
    results = { ["A.5.1"] = { status = "partially_effective", score = 49 } },
    with = { audits = { { id = "a1", started_at = "2025-06-29", completed_at = "2025-06-29" } } },
    expect = { audits_find_weakness = "n_a" },
  },
  case "nothing is applicable" {
    only = { soa = { { control = "A.7.10", applicable = false, justification = "No media are used here" } } },
    expect = { controls_covered = "unknown" },
  },
  case "the planned audit is one of others" {
    with = { audits = { { id = "a2", kind = "customer" } } },
    expect = { controls_covered = { "A.8.13" }, sites_covered = { "s2" } },
  },
  case "the planned audit was cancelled" {
    with = { audits = { { id = "a2", status = "cancelled" } } },
    expect = { controls_covered = { "A.8.13" }, sites_covered = { "s2" } },
  },
  case "the planned audit has another scope" {
    with = { audits = { { id = "a2", scope = { "A.7" } } } },
    expect = { controls_covered = { "A.8.13" } },
  },
  case "planned before the cycle began" {
    with = { audits = { { id = "a2", planned_at = "2026-03-05" } } },
    expect = { controls_covered = { "A.8.13" } },
  },
  case "planned for the day on which the cycle began" {
    with = { audits = { { id = "a2", planned_at = "2026-03-06" } } },
    expect = { controls_covered = "pass" },
  },
  case "sites that are out of scope" {
    with = { scope = { { id = "s1", in_scope = false } }, audits = { { id = "a1", units = absent } } },
    expect = { sites_covered = { passes = true, population = 1 } },
  },
  case "decided on a year ago to the day" {
    with = { scope = { { id = "s2", decided_at = "2025-06-30" } }, audits = { { id = "a2", units = absent } } },
    expect = { sites_covered = { "s2", population = 2 } },
  },
  case "visited three years ago to the day" {
    with = { audits = { { id = "a1", started_at = "2023-07-01", completed_at = "2023-07-01" } } },
    expect = { sites_covered = "pass" },
  },
  case "and a day before" {
    with = { audits = { { id = "a1", started_at = "2023-06-30", completed_at = "2023-06-30" } } },
    expect = { sites_covered = { "s1" } },
  },
  case "an audit broken off" {
    with = { audits = { { id = "a1", status = "cancelled" } } },
    expect = { sites_covered = { "s1" } },
  },
  case "a visit is planned for today" {
    with = { audits = { { id = "a2", planned_at = "2026-06-30" } } },
    expect = { sites_covered = "pass" },
  },
  case "neither sites nor units" {
    without = { scope = { "s1", "s2" } },
    expect = { sites_covered = "n_a" },
  },
  case "criteria without a scope" {
    with = { audits = { { id = "a1", scope = absent } } },
    expect = { own_rules_audited = "pass" },
  },
  case "our own documents alone" {
    with = { audits = { { id = "a1", criteria = { "p1" } } } },
    expect = { own_rules_audited = { "a1" } },
  },
  case "our own documents first" {
    with = { audits = { { id = "a1", criteria = { "p1", "ISO/IEC 27001:2022" } } } },
    expect = { own_rules_audited = "pass" },
  },
  case "a control that is half effective is not weak" {
    results = { ["A.5.1"] = { status = "partially_effective", score = 50 } },
    expect = { audits_find_weakness = "n_a" },
  },
  case "what was found concerns another control" {
    results = { ["A.5.1"] = { status = "partially_effective", score = 49 } },
    with = { nonconformities = { { id = "n1", source = "internal_audit", requirement = "A.5.2", grade = "minor", description = "Roles",
      raised_at = "2026-03-02", status = "open" } } },
    expect = { audits_find_weakness = { "A.5.1" } },
  },
  case "an older finding that is still open" {
    results = { ["A.5.1"] = { status = "partially_effective", score = 49 } },
    with = { nonconformities = { { id = "n1", source = "internal_audit", requirement = "A.5.1", grade = "minor", description = "Late review",
      raised_at = "2026-03-01", status = "open" } } },
    expect = { audits_find_weakness = "pass" },
  },
}
