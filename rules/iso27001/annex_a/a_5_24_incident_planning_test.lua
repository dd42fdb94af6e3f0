return test "A.5.24" {
  as_of = "2026-06-30",
  baseline = {
    people = {
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
      { id = "ben", name = "Ben", kind = "employee", start_date = "2020-01-01" },
      { id = "cat", name = "Cat", kind = "employee", start_date = "2020-01-01" },
      { id = "dan", name = "Dan", kind = "employee", start_date = "2020-01-01" },
    },
    documents = {
      { id = "proc", title = "Incident procedure", kind = "procedure", topics = { "incident" }, version = "1",
        status = "published", owner = "ben", approved_by = "ann", approved_at = "2026-01-10" },
    },
    response_plans = {
      { id = "irp", title = "Incident plan", kind = "incident_response",
        scenarios = { "Malware", "phishing", "data breach" }, document_id = "proc",
        owner = "ann", deputy = "ben", team = { "cat", "dan" }, offline_copy = true,
        contacts_verified_at = "2026-03-01", approved_by = "ben", approved_at = "2026-01-10", status = "active" },
      { id = "pb", title = "Outage playbook", kind = "playbook", scenarios = { "outage", "misuse", "fraud" },
        document_id = "proc", owner = "cat", approved_by = "ann", approved_at = "2026-01-10", status = "active" },
    },
    incidents = {
      { id = "inc", title = "False invoice", category = "Fraud", severity = "high", status = "closed",
        detected_at = "2026-02-01T08:00:00Z", handler = "dan" },
    },
    trainings = {
      { person_id = "ann", course = "c1", topics = { "incident" }, completed_at = "2026-01-15", passed = true },
      { person_id = "ben", course = "c1", topics = { "Incident" }, completed_at = "2026-01-15" },
    },
    exercises = {
      { id = "ex", title = "Red day", kind = "simulation", plan_ids = { "irp" }, scenario = "Ransomware",
        performed_at = "2026-03-10", led_by = "ann", evaluated_by = "ben", participants = { "cat", "dan" },
        objectives = 3, objectives_met = 2, findings = 1, findings_closed_at = "2026-05-01",
        improvement_ids = { "imp" }, report_at = "2026-03-15", status = "done" },
    },
    improvements = {
      { id = "imp", title = "New list", source = "exercise", raised_at = "2026-03-15", status = "done",
        completed_at = "2026-05-01" },
    },
  },

  -- procedure_in_force

  case "no procedure" {
    with = { documents = { { id = "proc", status = "draft" } } },
    expect = {
      procedure_in_force = {
        message = "no incident procedure is in force: no document on incident is published",
      },
    },
  },
  case "the procedure is in force for exactly the interval" {
    with = { documents = { { id = "proc", approved_at = "2025-06-30" } } },
    expect = { procedure_in_force = "pass" },
  },
  case "the procedure is a day past its interval" {
    with = { documents = { { id = "proc", approved_at = "2025-06-29" } } },
    expect = { procedure_in_force = "fail" },
  },
  case "a longer interval for the procedure" {
    with = { documents = { { id = "proc", approved_at = "2025-06-29" } } },
    params = { policy_review_interval = "366 d" },
    expect = { procedure_in_force = "pass" },
  },
  case "no register of documents" {
    without = { "documents" },
    expect = { procedure_in_force = "unknown", plans_in_force = "unknown" },
  },

  -- scenarios_planned

  case "a scenario without plan" {
    with = { response_plans = { { id = "pb", scenarios = { "outage" } } } },
    expect = { scenarios_planned = { "misuse", "Fraud", message = "no plan or playbook covers misuse" } },
  },
  case "a retired plan covers nothing" {
    with = { response_plans = { { id = "pb", status = "retired" } } },
    expect = { scenarios_planned = { "outage", "misuse", "Fraud" } },
  },
  case "minor incidents need no plan" {
    with = {
      response_plans = { { id = "pb", scenarios = { "outage", "misuse" } } },
      incidents = { { id = "inc", severity = "medium" } },
    },
    expect = { scenarios_planned = "pass" },
  },
  case "incidents before the period need no plan" {
    with = {
      response_plans = { { id = "pb", scenarios = { "outage", "misuse" } } },
      incidents = { { id = "inc", detected_at = "2025-06-29T08:00:00Z" } },
    },
    expect = { scenarios_planned = "pass" },
  },
  case "a longer period" {
    with = {
      response_plans = { { id = "pb", scenarios = { "outage", "misuse" } } },
      incidents = { { id = "inc", detected_at = "2025-06-29T08:00:00Z" } },
    },
    params = { lookback = "366 d" },
    expect = { scenarios_planned = { "Fraud" } },
  },
  case "no scenarios are required" {
    only = { incidents = {} },
    params = { required_scenarios = {} },
    expect = { scenarios_planned = "n_a" },
  },
  case "no register of incidents" {
    without = { "incidents" },
    expect = { scenarios_planned = "unknown", team_trained = "unknown" },
  },
  case "no plans are supplied" {
    without = { "response_plans" },
    expect = {
      scenarios_planned = "unknown", plans_in_force = "unknown", team_present = "unknown",
      team_trained = "unknown", plans_exercised = "unknown", exercise_findings_cleared = "unknown",
    },
  },

  -- plans_in_force

  case "a plan without approver" {
    with = { response_plans = { { id = "irp", approved_by = absent } } },
    expect = { plans_in_force = { "irp", message = "plan Incident plan is used without approval" } },
  },
  case "the owner approved the plan" {
    with = { response_plans = { { id = "irp", approved_by = "ann" } } },
    expect = {
      plans_in_force = { "irp", message = "plan Incident plan cannot be relied upon: it was approved by its owner" },
    },
  },
  case "an approval without date" {
    with = { response_plans = { { id = "irp", approved_at = absent } } },
    expect = { plans_in_force = { "irp", message = "approval of plan Incident plan carries no date" } },
  },
  case "a plan reviewed on the last day" {
    with = { response_plans = { { id = "pb", approved_at = "2024-01-01", reviewed_at = "2025-06-30" } } },
    expect = { plans_in_force = "pass" },
  },
  case "a plan reviewed a day too long ago" {
    with = { response_plans = { { id = "pb", approved_at = "2024-01-01", reviewed_at = "2025-06-29" } } },
    expect = {
      plans_in_force = {
        "pb", message = "plan Outage playbook cannot be relied upon: it was last approved or reviewed 366 days ago",
      },
    },
  },
  case "a longer interval for plans" {
    with = { response_plans = { { id = "pb", approved_at = "2024-01-01", reviewed_at = "2025-06-29" } } },
    params = { plan_review_interval = "366 d" },
    expect = { plans_in_force = "pass" },
  },
  case "the owner of a plan left" {
    with = { people = { { id = "cat", end_date = "2026-06-01" } } },
    expect = {
      plans_in_force = { "pb", message = "plan Outage playbook cannot be relied upon: Cat left on 2026-06-01" },
    },
  },
  case "a plan without document" {
    with = { response_plans = { { id = "pb", document_id = absent } } },
    expect = { plans_in_force = { "pb", message = "plan Outage playbook leads to no document" } },
  },
  case "a plan with a retired document" {
    add = { documents = { { id = "d2", title = "Old", kind = "plan", version = "1", status = "retired" } } },
    with = { response_plans = { { id = "pb", document_id = "d2" } } },
    expect = {
      plans_in_force = { "pb", message = "plan Outage playbook cannot be relied upon: its document is not published" },
    },
  },
  case "nobody knows of a copy" {
    with = { response_plans = { { id = "irp", offline_copy = absent } } },
    expect = {
      plans_in_force = {
        "irp", message = "it is not recorded whether plan Incident plan can be reached in an outage",
      },
    },
  },
  case "no copy outside the systems" {
    with = { response_plans = { { id = "irp", offline_copy = false } } },
    expect = {
      plans_in_force = {
        "irp", message = "plan Incident plan cannot be relied upon: there is no copy of it outside the systems",
      },
    },
  },
  case "contacts were never tried" {
    with = { response_plans = { { id = "irp", contacts_verified_at = absent } } },
    expect = { plans_in_force = { "irp", message = "the contacts in plan Incident plan were never tried" } },
  },
  case "contacts tried on the last day" {
    with = { response_plans = { { id = "irp", contacts_verified_at = "2026-01-01" } } },
    expect = { plans_in_force = "pass" },
  },
  case "contacts tried a day too long ago" {
    with = { response_plans = { { id = "irp", contacts_verified_at = "2025-12-31" } } },
    expect = {
      plans_in_force = {
        "irp", message = "plan Incident plan cannot be relied upon: its contacts were last tried 181 days ago",
      },
    },
  },
  case "a longer interval for contacts" {
    with = { response_plans = { { id = "irp", contacts_verified_at = "2025-12-31" } } },
    params = { contacts_interval = "181 d" },
    expect = { plans_in_force = "pass" },
  },
  case "no plan is active" {
    with = { response_plans = { { id = "irp", status = "draft" }, { id = "pb", status = "draft" } } },
    expect = {
      plans_in_force = "unknown", team_present = "unknown", plans_exercised = "unknown",
    },
  },

  -- team_present

  case "the lead left" {
    with = { people = { { id = "ann", end_date = "2026-06-01" } } },
    expect = {
      team_present = { "irp", message = "the team of plan Incident plan is not complete: its owner Ann is not here" },
    },
  },
  case "no deputy" {
    with = { response_plans = { { id = "irp", deputy = absent } } },
    expect = { team_present = { "irp", message = "plan Incident plan has no deputy for its lead" } },
  },
  case "the deputy left" {
    with = { people = { { id = "ben", end_date = "2026-06-01" } } },
    expect = {
      team_present = { "irp", message = "the team of plan Incident plan is not complete: the deputy Ben is not here" },
    },
  },
  case "the lead is the own deputy" {
    with = { response_plans = { { id = "irp", deputy = "ann" } } },
    expect = {
      team_present = {
        "irp", message = "the team of plan Incident plan is not complete: owner and deputy are the same person",
      },
    },
  },
  case "no team" {
    with = { response_plans = { { id = "irp", team = absent } } },
    expect = { team_present = { "irp", message = "plan Incident plan names no team" } },
  },
  case "one of the team left" {
    with = { people = { { id = "dan", end_date = "2026-06-01" } } },
    expect = {
      team_present = { "irp", message = "the team of plan Incident plan is not complete: Dan of its team is not here" },
    },
  },
  case "just enough people" {
    params = { min_team = 4 },
    expect = { team_present = "pass" },
  },
  case "one too few" {
    params = { min_team = 5 },
    expect = {
      team_present = {
        "irp", message = "the team of plan Incident plan is not complete: 4 people stand behind it, at least 5 must",
      },
    },
  },
  case "people who are named twice count once" {
    with = { response_plans = { { id = "irp", team = { "ann", "ben" } } } },
    params = { min_team = 3 },
    expect = { team_present = { "irp" } },
  },
  case "no register of people" {
    without = { "people" },
    expect = { team_present = "unknown", team_trained = "unknown", plans_in_force = "unknown" },
  },

  -- team_trained

  case "a responder without training" {
    without = { trainings = { 2 } },
    expect = {
      team_trained = {
        "ben",
        message = "Ben is to handle incidents and had neither training nor a practical exercise within 365 days",
      },
    },
  },
  case "three of four trained is not enough, but may be" {
    without = { trainings = { 2 } },
    params = { trained_share = 75 },
    expect = { team_trained = { passes = true, "ben", population = 4 } },
  },
  case "a little more than three of four" {
    without = { trainings = { 2 } },
    params = { trained_share = 76 },
    expect = { team_trained = { "ben" } },
  },
  case "trained on the last day" {
    with = { trainings = { [2] = { completed_at = "2025-06-30" } } },
    expect = { team_trained = "pass" },
  },
  case "trained a day too long ago" {
    with = { trainings = { [2] = { completed_at = "2025-06-29" } } },
    expect = { team_trained = { "ben" } },
  },
  case "a longer interval for trainings" {
    with = { trainings = { [2] = { completed_at = "2025-06-29" } } },
    params = { training_interval = "366 d" },
    expect = { team_trained = "pass" },
  },
  case "a training that was failed" {
    with = { trainings = { [2] = { passed = false } } },
    expect = { team_trained = { "ben" } },
  },
  case "a tabletop is no practice" {
    with = { exercises = { { id = "ex", kind = "tabletop" } } },
    expect = { team_trained = { "cat", "dan" } },
  },
  case "a newcomer still has time" {
    with = { people = { { id = "ben", start_date = "2026-05-01" } } },
    without = { trainings = { 2 } },
    expect = { team_trained = "pass" },
  },
  case "a newcomer's time is up" {
    with = { people = { { id = "ben", start_date = "2026-04-30" } } },
    without = { trainings = { 2 } },
    expect = { team_trained = { "ben" } },
  },
  case "more time for newcomers" {
    with = { people = { { id = "ben", start_date = "2026-04-30" } } },
    without = { trainings = { 2 } },
    params = { joining_grace = "61 d" },
    expect = { team_trained = "pass" },
  },
  case "who handled an incident counts too" {
    add = { people = { { id = "eve", name = "Eve", kind = "employee", start_date = "2020-01-01" } } },
    with = { incidents = { { id = "inc", handler = "eve" } } },
    expect = { team_trained = { "eve" } },
  },
  case "nobody is named" {
    with = { response_plans = { { id = "irp", status = "draft" }, { id = "pb", status = "draft" } } },
    only = { incidents = {} },
    expect = { team_trained = "unknown" },
  },
  case "no list of trainings" {
    without = { "trainings" },
    expect = { team_trained = "unknown" },
  },

  -- plans_exercised

  case "rehearsed on the last day" {
    with = { exercises = { { id = "ex", performed_at = "2025-06-30" } } },
    expect = { plans_exercised = "pass" },
  },
  case "rehearsed a day too long ago" {
    with = { exercises = { { id = "ex", performed_at = "2025-06-29" } } },
    expect = {
      plans_exercised = { "irp", message = "plan Incident plan is not proven: it was not rehearsed within 365 days" },
      team_trained = { "cat", "dan" },
    },
  },
  case "a longer interval between exercises" {
    with = { exercises = { { id = "ex", performed_at = "2025-06-29" } } },
    params = { exercise_interval = "366 d" },
    expect = { plans_exercised = "pass" },
  },
  case "never rehearsed" {
    with = { exercises = { { id = "ex", status = "cancelled" } } },
    expect = { plans_exercised = { "irp" }, team_trained = { "cat", "dan" } },
  },
  case "a test of the numbers proves nothing" {
    with = { exercises = { { id = "ex", kind = "call_test" } } },
    expect = { plans_exercised = { "irp" } },
  },
  case "half of the team took part" {
    with = { exercises = { { id = "ex", participants = { "cat" } } } },
    expect = { plans_exercised = "pass" },
  },
  case "more of the team should take part" {
    with = { exercises = { { id = "ex", participants = { "cat" } } } },
    params = { attendance = 51 },
    expect = {
      plans_exercised = {
        "irp",
        message = "plan Incident plan is not proven: 50 % of its team took part in Red day, at least 51 % must",
      },
    },
  },
  case "an exercise without scenario" {
    with = { exercises = { { id = "ex", scenario = absent } } },
    expect = {
      plans_exercised = {
        "irp", message = "plan Incident plan is not proven: Red day had no scenario or no objectives",
      },
    },
  },
  case "more objectives met than there were" {
    with = { exercises = { { id = "ex", objectives_met = 4 } } },
    expect = {
      plans_exercised = {
        "irp",
        message = "plan Incident plan is not proven: "
          .. "Red day is said to have met more objectives than it had, or not how many",
      },
    },
  },
  case "all of a single objective met" {
    with = { exercises = { { id = "ex", objectives = 1, objectives_met = 1 } } },
    expect = { plans_exercised = "pass" },
  },
  case "the leader judged the own exercise" {
    with = { exercises = { { id = "ex", evaluated_by = "ann" } } },
    expect = {
      plans_exercised = {
        "irp", message = "plan Incident plan is not proven: nobody but its leader judged Red day",
      },
    },
  },
  case "real activations need no judge" {
    with = { exercises = { { id = "ex", kind = "activation", evaluated_by = absent } } },
    expect = { plans_exercised = "pass" },
  },
  case "an exercise without report" {
    with = { exercises = { { id = "ex", report_at = absent } } },
    expect = {
      plans_exercised = { "irp", message = "plan Incident plan is not proven: there is no report on Red day" },
    },
  },
  case "an exercise reported at once" {
    with = { exercises = { { id = "ex", report_at = "2026-03-10" } } },
    expect = { plans_exercised = "pass" },
  },
  case "an exercise reported today" {
    with = { exercises = { { id = "ex", report_at = "2026-06-30" } } },
    expect = { plans_exercised = "pass" },
  },
  case "an exercise reported before it was held" {
    with = { exercises = { { id = "ex", report_at = "2026-03-09" } } },
    expect = { plans_exercised = { "irp" } },
  },
  case "an exercise was put off for good" {
    add = { exercises = { { id = "ex2", title = "Blue day", kind = "tabletop", plan_ids = { "irp" },
      planned_at = "2026-03-31", status = "planned" } } },
    expect = {
      plans_exercised = {
        "irp", message = "plan Incident plan is not proven: Blue day, planned for 2026-03-31, was not held",
      },
    },
  },
  case "an exercise may still be held" {
    add = { exercises = { { id = "ex2", title = "Blue day", kind = "tabletop", plan_ids = { "irp" },
      planned_at = "2026-04-01", status = "planned" } } },
    expect = { plans_exercised = "pass" },
  },
  case "no list of exercises" {
    without = { "exercises" },
    expect = { team_trained = "unknown", plans_exercised = "unknown", exercise_findings_cleared = "unknown" },
  },

  -- exercise_findings_cleared

  case "nothing is said of findings" {
    with = { exercises = { { id = "ex", findings = absent } } },
    expect = {
      exercise_findings_cleared = { "ex", message = "exercise Red day does not say how much was found" },
    },
  },
  case "all objectives met, and nothing is said of findings" {
    with = { exercises = { { id = "ex", objectives_met = 3, findings = absent } } },
    expect = { exercise_findings_cleared = { "ex" } },
  },
  case "all objectives met, and findings are still open" {
    with = { exercises = { { id = "ex", objectives_met = 3, findings_closed_at = absent } } },
    expect = { exercise_findings_cleared = { "ex" } },
  },
  case "missed objectives are findings" {
    with = { exercises = { { id = "ex", findings = 0 } } },
    expect = {
      exercise_findings_cleared = {
        "ex",
        message = "findings of exercise Red day were not dealt with: it missed objectives and names no finding",
      },
    },
  },
  case "findings are still open" {
    with = { exercises = { { id = "ex", findings_closed_at = absent } } },
    expect = {
      exercise_findings_cleared = { "ex", message = "findings of exercise Red day are still open after 112 days" },
    },
  },
  case "findings closed on the last day" {
    with = { exercises = { { id = "ex", findings_closed_at = "2026-06-08" } } },
    expect = { exercise_findings_cleared = "pass" },
  },
  case "findings closed a day late" {
    with = { exercises = { { id = "ex", findings_closed_at = "2026-06-09" } } },
    expect = {
      exercise_findings_cleared = {
        "ex",
        message = "findings of exercise Red day were not dealt with: "
          .. "they were closed after 91 days, allowed are 90 days",
      },
    },
  },
  case "more time for findings" {
    with = { exercises = { { id = "ex", findings_closed_at = "2026-06-09" } } },
    params = { fix_within = "91 d" },
    expect = { exercise_findings_cleared = "pass" },
  },
  case "no improvement followed" {
    with = { exercises = { { id = "ex", improvement_ids = absent } } },
    expect = {
      exercise_findings_cleared = { "ex", message = "exercise Red day had 1 findings and led to no improvement" },
    },
  },
  case "the improvement is not finished" {
    with = { improvements = { { id = "imp", status = "in_progress", completed_at = absent } } },
    expect = {
      exercise_findings_cleared = {
        "ex", message = "findings of exercise Red day were not dealt with: not finished: imp",
      },
    },
  },
  case "there is still time for the findings" {
    with = { exercises = { { id = "ex", performed_at = "2026-04-01", findings_closed_at = absent } } },
    expect = { exercise_findings_cleared = "n_a" },
  },
  case "an exercise that found nothing" {
    with = { exercises = { { id = "ex", findings = 0, objectives_met = 3 } } },
    expect = { exercise_findings_cleared = "n_a" },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = {
      policy_review_interval = "365 d", plan_review_interval = "365 d", contacts_interval = "180 d", min_team = 2, training_interval = "365 d",
      joining_grace = "60 d", trained_share = 90, exercise_interval = "365 d", attendance = 50, fix_within = "90 d", lookback = "365 d",
      required_scenarios = { "malware", "phishing", "data_breach", "outage", "misuse" },
    } },
  },
  case "who approves a plan does not carry it out" {
    with = {
      people = { { id = "eve", name = "Eve", kind = "employee", start_date = "2020-01-01" } }, response_plans = { { id = "irp", approved_by = "eve" } },
    },
    expect = { team_trained = { passes = true, population = 4 } },
  },
  case "the deputy left, the approver did not" {
    with = {
      people = { { id = "ben", end_date = "2026-05-31" }, { id = "eve", name = "Eve", kind = "employee", start_date = "2020-01-01" } },
      response_plans = { { id = "irp", approved_by = "eve" } },
    },
    expect = { team_present = { "irp" } },
  },
  case "a critical incident that no plan foresaw" {
    with = { incidents = { { id = "inc2", title = "Fire", category = "fire", severity = "critical", status = "closed",
      detected_at = "2026-03-01T08:00:00Z" } } },
    expect = { scenarios_planned = { "fire" } },
  },
  case "a continuity plan covers no incident" {
    with = { response_plans = { { id = "pb", kind = "business_continuity" } } },
    expect = { scenarios_planned = { "outage", "misuse", "Fraud" } },
  },
  case "who handled an incident long ago, and one that nobody handled" {
    with = {
      people = { { id = "eve", name = "Eve", kind = "employee", start_date = "2020-01-01" } },
      incidents = {
        { id = "inc0", title = "Old", severity = "low", status = "closed", detected_at = "2025-06-01T08:00:00Z", handler = "eve" },
        { id = "inc2", title = "New", severity = "low", status = "closed", detected_at = "2026-03-01T08:00:00Z" },
      },
    },
    expect = { team_trained = { passes = true, population = 4 } },
  },
  case "a responder who left" {
    with = { people = { { id = "dan", end_date = "2026-05-31" } } },
    expect = { team_trained = { passes = true, population = 3 } },
  },
  case "trained in something else" {
    with = { trainings = { [1] = { topics = { "phishing" } } } },
    expect = { team_trained = { "ann" } },
  },
  case "a full exercise is practice" {
    with = { exercises = { { id = "ex", kind = "full" } } },
    expect = { team_trained = "pass" },
  },
  case "so is the real thing" {
    with = { exercises = { { id = "ex", kind = "activation" } } },
    expect = { team_trained = "pass" },
  },
  case "an exercise without objectives" {
    with = { exercises = { { id = "ex", objectives = 0, objectives_met = 0 } } },
    expect = { plans_exercised = { "irp" } },
  },
  case "an exercise that met none of its objectives" {
    with = { exercises = { { id = "ex", objectives_met = 0 } } },
    expect = { plans_exercised = "pass" },
  },
  case "an exercise that will be reported" {
    with = { exercises = { { id = "ex", report_at = "2026-07-10" } } },
    expect = { plans_exercised = { "irp" } },
  },
  case "an exercise of another plan was put off, and one was cancelled" {
    with = { exercises = {
      { id = "ex2", title = "Outage", kind = "tabletop", plan_ids = { "pb" }, planned_at = "2026-01-01", status = "planned" },
      { id = "ex3", title = "Blue day", kind = "tabletop", plan_ids = { "irp" }, planned_at = "2026-01-01", status = "cancelled" },
    } },
    expect = { plans_exercised = "pass" },
  },
  case "findings of long ago, and of a continuity plan" {
    with = {
      response_plans = { { id = "bcp", title = "Continuity", kind = "business_continuity", status = "active" } },
      exercises = {
        { id = "ex0", title = "Old day", kind = "simulation", plan_ids = { "irp" }, performed_at = "2025-06-01", findings = 2, status = "done" },
        { id = "ex4", title = "Move", kind = "full", plan_ids = { "bcp" }, performed_at = "2026-03-01", findings = 2, status = "done" },
      },
    },
    expect = { exercise_findings_cleared = { passes = true, population = 1 } },
  },
}
