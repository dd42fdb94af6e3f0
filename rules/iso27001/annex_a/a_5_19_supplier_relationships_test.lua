return test "A.5.19" {
  as_of = "2026-06-30",
  baseline = {
    people = {
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
      { id = "ben", name = "Ben", kind = "employee", start_date = "2020-01-01" },
      { id = "cat", name = "Cat", kind = "employee", start_date = "2020-01-01", end_date = "2026-05-31" },
    },
    documents = {
      { id = "sp", title = "Supplier policy", kind = "topic_policy", topics = { "supplier" }, version = "1",
        status = "published", owner = "ben", approved_by = "ann", approved_at = "2026-01-10" },
    },
    suppliers = {
      { id = "host", name = "Hosting Ltd", owner = "ann", criticality = "high", accesses_information = true,
        processes_personal_data = true, contract_start = "2025-09-01", onboarding_assessed_at = "2025-08-01",
        status = "active" },
      { id = "old", name = "Old Ltd", owner = "ann", criticality = "low", processes_personal_data = true,
        contract_start = "2020-01-01", status = "active" },
      { id = "pens", name = "Pens Ltd", owner = "ben", criticality = "low", status = "active" },
      { id = "left", name = "Left Ltd", owner = "ben", criticality = "low", accesses_information = true,
        contract_end = "2026-03-31", status = "terminated" },
    },
    assets = {
      { id = "crm", name = "CRM", type = "service", status = "in_use", supplier_id = "host", critical = true,
        holds_personal_data = true, classification = "confidential" },
    },
    classification_levels = {
      { level = "internal", rank = 1 },
      { level = "confidential", rank = 2 },
    },
    supplier_assessments = {
      { id = "as1", supplier_id = "host", kind = "onboarding", method = "questionnaire", performed_at = "2025-08-01",
        assessor = "ben", rating = "medium", findings_open = 0, decision = "accept", decided_by = "ann",
        decided_at = "2025-08-05" },
      { id = "as2", supplier_id = "old", kind = "periodic", method = "questionnaire", performed_at = "2026-05-01",
        assessor = "ben", rating = "medium", findings_open = 2, decision = "conditional", decided_by = "ben" },
      { id = "as3", supplier_id = "left", kind = "exit", method = "performance_review", performed_at = "2026-04-15",
        assessor = "ben", decision = "accept", decided_by = "ann" },
    },
    information_transfers = {
      { id = "it1", title = "Nightly feed", direction = "outbound", method = "sftp", supplier_id = "left",
        last_used_at = "2026-03-30T02:00:00Z", status = "ended" },
    },
    reconciliations = {
      { id = "rec", subject = "suppliers", method = "ledger_comparison", source = "ledger", performed_at = "2026-02-01",
        found_items = 100, matched_items = 98, unknown_items = 2 },
    },
  },

  -- supplier_policy_in_force

  case "no supplier policy" {
    with = { documents = { { id = "sp", status = "draft" } } },
    expect = {
      supplier_policy_in_force = {
        message = "no supplier policy is in force: no document on supplier is published",
      },
    },
  },
  case "the policy is in force for exactly the interval" {
    with = { documents = { { id = "sp", approved_at = "2025-06-30" } } },
    expect = { supplier_policy_in_force = "pass" },
  },
  case "the policy is a day past its interval" {
    with = { documents = { { id = "sp", approved_at = "2025-06-29" } } },
    expect = { supplier_policy_in_force = "fail" },
  },
  case "a longer interval" {
    with = { documents = { { id = "sp", approved_at = "2025-06-29" } } },
    params = { policy_review_interval = "366 d" },
    expect = { supplier_policy_in_force = "pass" },
  },
  case "no register of documents" {
    without = { "documents" },
    expect = { supplier_policy_in_force = "unknown" },
  },

  -- suppliers_owned

  case "nobody answers for a supplier" {
    with = { suppliers = { { id = "pens", owner = absent } } },
    expect = { suppliers_owned = { "pens", message = "nobody answers for supplier Pens Ltd" } },
  },
  case "who answered for a supplier left" {
    with = { suppliers = { { id = "pens", owner = "cat" } } },
    expect = { suppliers_owned = { "pens", message = "Cat, who answered for Pens Ltd, left on 2026-05-31" } },
  },
  case "no supplier is active" {
    with = { suppliers = { { id = "host", status = "proposed" }, { id = "old", status = "proposed" },
      { id = "pens", status = "proposed" } } },
    expect = {
      suppliers_owned = "unknown", criticality_consistent = "unknown", assessed_before_start = "n_a",
      decisions_respected = "unknown",
    },
  },
  case "no register of suppliers" {
    without = { "suppliers" },
    expect = {
      suppliers_owned = "unknown", criticality_consistent = "unknown", assessed_before_start = "unknown",
      decisions_respected = "unknown", exits_completed = "unknown",
    },
  },
  case "no register of people" {
    without = { "people" },
    expect = { suppliers_owned = "unknown" },
  },

  -- register_matches_ledger

  case "never compared with the ledger" {
    with = { reconciliations = { { id = "rec", subject = "hardware" } } },
    expect = {
      register_matches_ledger = {
        message = "supplier register is not known to be complete: "
          .. "it was not compared with the payments within 365 days",
      },
    },
  },
  case "compared on the last day" {
    with = { reconciliations = { { id = "rec", performed_at = "2025-06-30" } } },
    expect = { register_matches_ledger = "pass" },
  },
  case "compared a day too long ago" {
    with = { reconciliations = { { id = "rec", performed_at = "2025-06-29" } } },
    expect = { register_matches_ledger = { "rec" } },
  },
  case "a longer interval between comparisons" {
    with = { reconciliations = { { id = "rec", performed_at = "2025-06-29" } } },
    params = { ledger_interval = "366 d" },
    expect = { register_matches_ledger = "pass" },
  },
  case "a comparison that found nobody" {
    with = { reconciliations = { { id = "rec", found_items = 0, matched_items = 0, unknown_items = absent } } },
    expect = {
      register_matches_ledger = {
        "rec",
        message = "supplier register is not known to be complete: "
          .. "the comparison of 2026-02-01 found nothing that is paid for",
      },
    },
  },
  case "too many paid suppliers are unknown" {
    with = { reconciliations = { { id = "rec", unknown_items = 3, matched_items = 97 } } },
    expect = {
      register_matches_ledger = {
        "rec",
        message = "supplier register is not known to be complete: "
          .. "3 of 100 paid suppliers were not in it, and this is not resolved",
      },
    },
  },
  case "nothing is said of unknown suppliers" {
    with = { reconciliations = { { id = "rec", unknown_items = absent } } },
    expect = {
      register_matches_ledger = {
        "rec",
        message = "supplier register is not known to be complete: "
          .. "an unknown number of 100 paid suppliers were not in it, and this is not resolved",
      },
    },
  },
  case "more may be unknown" {
    with = { reconciliations = { { id = "rec", unknown_items = 3, matched_items = 97 } } },
    params = { unknown_share = 3 },
    expect = { register_matches_ledger = "pass" },
  },
  case "the unknown ones were registered since" {
    with = { reconciliations = { { id = "rec", unknown_items = 3, matched_items = 97, resolved_at = "2026-02-20" } } },
    expect = { register_matches_ledger = "pass" },
  },
  case "the unknown ones were registered at once" {
    with = { reconciliations = { { id = "rec", unknown_items = 3, matched_items = 97, resolved_at = "2026-02-01" } } },
    expect = { register_matches_ledger = "pass" },
  },
  case "the unknown ones were registered today" {
    with = { reconciliations = { { id = "rec", unknown_items = 3, matched_items = 97, resolved_at = "2026-06-30" } } },
    expect = { register_matches_ledger = "pass" },
  },
  case "resolved before it was found" {
    with = { reconciliations = { { id = "rec", unknown_items = 3, matched_items = 97, resolved_at = "2026-01-20" } } },
    expect = { register_matches_ledger = { "rec" } },
  },
  case "no comparisons" {
    without = { "reconciliations" },
    expect = { register_matches_ledger = "unknown" },
  },

  -- criticality_consistent

  case "a critical asset depends on a supplier of low criticality" {
    with = { suppliers = { { id = "host", criticality = "medium" } } },
    expect = {
      criticality_consistent = {
        "host", message = "Hosting Ltd is rated medium, but CRM says otherwise: it is critical",
      },
    },
  },
  case "personal data at a supplier that is not said to process any" {
    with = { suppliers = { { id = "host", processes_personal_data = absent } } },
    expect = {
      criticality_consistent = {
        "host",
        message = "Hosting Ltd is rated high, but CRM says otherwise: "
          .. "it holds personal data, and the supplier is not said to process any",
      },
    },
  },
  case "classified information at a supplier that is not said to see any" {
    with = { suppliers = { { id = "host", accesses_information = false } } },
    expect = {
      criticality_consistent = {
        "host",
        message = "Hosting Ltd is rated high, but CRM says otherwise: "
          .. "it is classified confidential, and the supplier is not said to access information",
      },
    },
  },
  case "what is not sensitive asks for nothing" {
    with = {
      suppliers = { { id = "host", accesses_information = false } },
      assets = { { id = "crm", classification = "internal" } },
    },
    expect = { criticality_consistent = "pass" },
  },
  case "without a scheme all but public is sensitive" {
    without = { "classification_levels" },
    with = {
      suppliers = { { id = "host", accesses_information = false } },
      assets = { { id = "crm", classification = "internal" } },
    },
    expect = { criticality_consistent = { "host" } },
  },
  case "no inventory" {
    without = { "assets" },
    expect = { criticality_consistent = "unknown" },
  },

  -- assessed_before_start

  case "no start of the contract" {
    with = { suppliers = { { id = "host", contract_start = absent } } },
    expect = { assessed_before_start = { "host", message = "contract with Hosting Ltd has no start date" } },
  },
  case "assessed on the day of the start" {
    with = { suppliers = { { id = "host", contract_start = "2025-08-01" } } },
    expect = { assessed_before_start = "pass" },
  },
  case "assessed a day after the start" {
    with = { suppliers = { { id = "host", contract_start = "2025-07-31" } } },
    expect = {
      assessed_before_start = {
        "host",
        message = "Hosting Ltd came in on 2025-07-31 without an assessment before, "
          .. "or the register claims one that is not there",
      },
    },
  },
  case "the oldest assessment that still counts" {
    with = {
      suppliers = { { id = "host", contract_start = "2026-06-01", onboarding_assessed_at = "2025-06-01" } },
      supplier_assessments = { { id = "as1", performed_at = "2025-06-01" } },
    },
    expect = { assessed_before_start = "pass" },
  },
  case "an assessment a day too old" {
    with = {
      suppliers = { { id = "host", contract_start = "2026-06-01", onboarding_assessed_at = "2025-05-31" } },
      supplier_assessments = { { id = "as1", performed_at = "2025-05-31" } },
    },
    expect = { assessed_before_start = { "host" } },
  },
  case "assessments live longer" {
    with = {
      suppliers = { { id = "host", contract_start = "2026-06-01", onboarding_assessed_at = "2025-05-31" } },
      supplier_assessments = { { id = "as1", performed_at = "2025-05-31" } },
    },
    params = { assessment_life = "366 d" },
    expect = { assessed_before_start = "pass" },
  },
  case "a contract that is not yet old enough for a later assessment" {
    with = { suppliers = { { id = "old", contract_start = "2023-07-01" } } },
    expect = { assessed_before_start = { "old" } },
  },
  case "a contract just old enough for a later assessment" {
    with = { suppliers = { { id = "old", contract_start = "2023-06-30" } } },
    expect = { assessed_before_start = "pass" },
  },
  case "contracts count as old earlier" {
    with = { suppliers = { { id = "old", contract_start = "2023-07-01" } } },
    params = { legacy_after = "1094 d" },
    expect = { assessed_before_start = "pass" },
  },
  case "a contract that begins today" {
    with = {
      suppliers = { { id = "host", contract_start = "2026-06-30" } },
      supplier_assessments = { { id = "as1", kind = "change" } },
    },
    expect = { assessed_before_start = { "host" } },
  },
  case "a contract that has not begun" {
    with = {
      suppliers = { { id = "host", contract_start = "2026-07-01" } },
      supplier_assessments = { { id = "as1", kind = "change" } },
    },
    expect = { assessed_before_start = { passes = true, population = 1 } },
  },
  case "an old supplier is assessed today" {
    with = { supplier_assessments = { { id = "as2", performed_at = "2026-06-30" } } },
    expect = { assessed_before_start = "pass" },
  },
  case "an exit assessment makes up for nothing" {
    with = { supplier_assessments = { { id = "as2", kind = "exit" } } },
    expect = { assessed_before_start = { "old" } },
  },
  case "the register claims another date" {
    with = { suppliers = { { id = "host", onboarding_assessed_at = "2025-08-02" } } },
    expect = { assessed_before_start = { "host" } },
  },
  case "no assessments" {
    without = { "supplier_assessments" },
    expect = { assessed_before_start = "unknown", decisions_respected = "unknown", exits_completed = "unknown" },
  },

  -- decisions_respected

  case "no decision" {
    with = { supplier_assessments = { { id = "as1", decision = absent } } },
    expect = {
      decisions_respected = { "as1", message = "assessment as1 of Hosting Ltd ends without a decision" },
    },
  },
  case "nobody decided" {
    with = { supplier_assessments = { { id = "as2", decided_by = absent } } },
    expect = { decisions_respected = { "as2", message = "nobody took the decision on Old Ltd" } },
  },
  case "rejected and still in use" {
    with = { supplier_assessments = { { id = "as1", decision = "reject" } } },
    expect = {
      decisions_respected = {
        "as1",
        message = "Hosting Ltd is in use against its last assessment of 2025-08-01: "
          .. "the decision was reject, with 0 findings open",
      },
    },
  },
  case "conditions due today" {
    with = { supplier_assessments = { { id = "as2", findings_due_at = "2026-06-30" } } },
    expect = { decisions_respected = "pass" },
  },
  case "conditions overdue" {
    with = { supplier_assessments = { { id = "as2", findings_due_at = "2026-06-29" } } },
    expect = { decisions_respected = { "as2" } },
  },
  case "the last day of grace" {
    with = { supplier_assessments = { { id = "as2", performed_at = "2026-04-01" } } },
    expect = { decisions_respected = "pass" },
  },
  case "the grace is over" {
    with = { supplier_assessments = { { id = "as2", performed_at = "2026-03-31" } } },
    expect = { decisions_respected = { "as2" } },
  },
  case "more grace" {
    with = { supplier_assessments = { { id = "as2", performed_at = "2026-03-31" } } },
    params = { grace_findings = "91 d" },
    expect = { decisions_respected = "pass" },
  },
  case "the conditions were met" {
    with = { supplier_assessments = { { id = "as2", performed_at = "2026-03-31", findings_open = 0 } } },
    expect = { decisions_respected = "pass" },
  },
  case "accepted at a critical rating" {
    with = { supplier_assessments = { { id = "as1", rating = "critical", findings_open = 1 } } },
    expect = {
      decisions_respected = {
        "as1",
        message = "Hosting Ltd is in use against its last assessment of 2025-08-01: "
          .. "it was accepted at a critical rating with 1 findings open",
      },
    },
  },
  case "accepted with findings of less weight" {
    with = { supplier_assessments = { { id = "as1", findings_open = 1 } } },
    expect = { decisions_respected = "pass" },
  },
  case "accepted once the critical findings were closed" {
    with = { supplier_assessments = { { id = "as1", rating = "critical" } } },
    expect = { decisions_respected = "pass" },
  },
  case "the assessor decided on an important supplier" {
    with = { supplier_assessments = { { id = "as1", decided_by = "ben" } } },
    expect = {
      decisions_respected = {
        "as1",
        message = "Hosting Ltd is in use against its last assessment of 2025-08-01: the assessor took the decision",
      },
    },
  },
  case "decided before it was assessed" {
    with = { supplier_assessments = { { id = "as1", decided_at = "2025-07-31" } } },
    expect = { decisions_respected = { "as1" } },
  },
  case "only the newest assessment counts" {
    add = { supplier_assessments = { { id = "as0", supplier_id = "host", kind = "change", method = "questionnaire",
      performed_at = "2025-07-01", decision = "reject" } } },
    expect = { decisions_respected = "pass" },
  },

  -- exits_completed

  case "an exit on its last day" {
    with = { supplier_assessments = { { id = "as3", performed_at = "2026-05-30" } } },
    expect = { exits_completed = "pass" },
  },
  case "an exit a day late" {
    with = { supplier_assessments = { { id = "as3", performed_at = "2026-05-31" } } },
    expect = {
      exits_completed = {
        "left",
        message = "exit from Left Ltd is not complete: no exit assessment was made within 60 days of 2026-03-31",
      },
    },
  },
  case "an exit as early as can be" {
    with = { supplier_assessments = { { id = "as3", performed_at = "2026-01-30" } } },
    expect = { exits_completed = "pass" },
  },
  case "an exit a day too early" {
    with = { supplier_assessments = { { id = "as3", performed_at = "2026-01-29" } } },
    expect = { exits_completed = { "left" } },
  },
  case "more time for exits" {
    with = { supplier_assessments = { { id = "as3", performed_at = "2026-05-31" } } },
    params = { exit_within = "61 d" },
    expect = { exits_completed = "pass" },
  },
  case "data still flow" {
    with = { information_transfers = { { id = "it1", status = "active" } } },
    expect = {
      exits_completed = { "left", message = "exit from Left Ltd is not complete: Nightly feed still goes on" },
    },
  },
  case "data flowed up to the exit" {
    with = { information_transfers = { { id = "it1", last_used_at = "2026-05-30T02:00:00Z" } } },
    expect = { exits_completed = "pass" },
  },
  case "data flowed after the exit" {
    with = { information_transfers = { { id = "it1", last_used_at = "2026-05-31T02:00:00Z" } } },
    expect = { exits_completed = { "left" } },
  },
  case "no register of transfers" {
    without = { "information_transfers" },
    expect = { exits_completed = "pass" },
  },
  case "there is still time for the exit" {
    with = { suppliers = { { id = "left", contract_end = "2026-05-01" } } },
    expect = { exits_completed = "n_a" },
  },
  case "only exits of the period are judged" {
    with = { suppliers = { { id = "left", contract_end = "2025-06-29" } } },
    expect = { exits_completed = "n_a" },
  },
  case "a longer period" {
    with = { suppliers = { { id = "left", contract_end = "2025-06-29" } } },
    params = { lookback = "366 d" },
    expect = { exits_completed = { "left" } },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = {
      policy_review_interval = "365 d", lookback = "365 d", ledger_interval = "365 d", unknown_share = 2, assessment_life = "365 d",
      legacy_after = "1095 d", grace_findings = "90 d", exit_within = "60 d",
    } },
  },
  case "a comparison that matched nobody it found" {
    with = { reconciliations = { { id = "rec", matched_items = 0 } } },
    expect = { register_matches_ledger = "pass" },
  },
  case "one supplier is paid, and known" {
    with = { reconciliations = { { id = "rec", found_items = 1, matched_items = 1, unknown_items = 0 } } },
    expect = { register_matches_ledger = "pass" },
  },
  case "the unknown ones will be registered tomorrow" {
    with = { reconciliations = { { id = "rec", unknown_items = 10, resolved_at = "2026-07-01" } } },
    expect = { register_matches_ledger = "fail" },
  },
  case "a critical supplier" {
    with = { suppliers = { { id = "host", criticality = "critical" } } },
    expect = { criticality_consistent = "pass" },
  },
  case "a critical asset of the past" {
    with = { assets = { { id = "fax", name = "Fax", type = "hardware", status = "disposed", supplier_id = "pens", critical = true } } },
    expect = { criticality_consistent = { passes = true, population = 1 } },
  },
  case "a machine that is nothing special" {
    with = { assets = { { id = "pc", name = "Printer", type = "hardware", status = "in_use", supplier_id = "pens", classification = "confidential" } } },
    expect = { criticality_consistent = { passes = true, population = 2 } },
  },
  case "a cloud resource with classified information" {
    with = { assets = { { id = "vm", name = "Machine", type = "cloud_resource", status = "in_use", supplier_id = "pens", classification = "confidential" } } },
    expect = { criticality_consistent = { "pens" } },
  },
  case "classified information itself" {
    with = { assets = { { id = "plan", name = "Plans", type = "information", status = "in_use", supplier_id = "pens", classification = "confidential" } } },
    expect = { criticality_consistent = { "pens" } },
  },
  case "an important supplier that sees nothing" {
    with = { suppliers = { { id = "chip", name = "Chips Ltd", owner = "ann", criticality = "high", contract_start = "2025-09-01", status = "active" } } },
    expect = { assessed_before_start = { "chip" } },
  },
  case "a periodic assessment before the start" {
    with = { suppliers = { { id = "host", onboarding_assessed_at = absent } }, supplier_assessments = { { id = "as1", kind = "periodic" } } },
    expect = { assessed_before_start = { "host" } },
  },
  case "an old supplier will be assessed tomorrow" {
    with = { supplier_assessments = { { id = "as2", performed_at = "2026-07-01" } } },
    expect = { assessed_before_start = { "old" } },
  },
  case "the register claims the date of another supplier, or of another kind" {
    with = {
      suppliers = { { id = "host", onboarding_assessed_at = "2025-07-01" } },
      supplier_assessments = {
        { id = "as4", supplier_id = "pens", kind = "onboarding", method = "questionnaire", performed_at = "2025-07-01" },
        { id = "as5", supplier_id = "host", kind = "periodic", method = "questionnaire", performed_at = "2025-07-01" },
      },
    },
    expect = { assessed_before_start = { "host" } },
  },
  case "assessed for the exit, not yet out" {
    with = { supplier_assessments = { { id = "as6", supplier_id = "host", kind = "exit", method = "questionnaire", performed_at = "2026-06-01",
      assessor = "ben", decision = "reject", decided_by = "ann" } } },
    expect = { decisions_respected = "pass" },
  },
  case "rejected after a change" {
    with = { supplier_assessments = { { id = "as6", supplier_id = "host", kind = "change", method = "questionnaire", performed_at = "2026-06-01",
      assessor = "ben", decision = "reject", decided_by = "ann" } } },
    expect = { decisions_respected = { "as6" } },
  },
  case "rejected after an incident" {
    with = { supplier_assessments = { { id = "as6", supplier_id = "host", kind = "incident", method = "questionnaire", performed_at = "2026-06-01",
      assessor = "ben", decision = "reject", decided_by = "ann" } } },
    expect = { decisions_respected = { "as6" } },
  },
  case "a contract was renewed, and one ended with a supplier that saw nothing" {
    with = { suppliers = {
      { id = "host", contract_end = "2026-03-31" }, { id = "pens", contract_end = "2026-03-31", status = "terminated" },
    } },
    expect = { exits_completed = { passes = true, population = 1 } },
  },
  case "the exit of another supplier" {
    with = { supplier_assessments = { { id = "as3", supplier_id = "pens" } } },
    expect = { exits_completed = { "left" } },
  },
  case "an assessment that was no exit" {
    with = { supplier_assessments = { { id = "as3", kind = "periodic" } } },
    expect = { exits_completed = { "left" } },
  },
  case "data flow to another supplier" {
    with = { information_transfers = { { id = "it2", title = "Mail", direction = "outbound", method = "email", supplier_id = "host", status = "active" } } },
    expect = { exits_completed = "pass" },
  },
}
