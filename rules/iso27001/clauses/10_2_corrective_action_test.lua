-- n1 is closed and checked, n2 still open and in time.
return test "10.2" {
  as_of = "2026-06-30",
  baseline = {
    people = {
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
      { id = "bob", name = "Bob", kind = "employee", start_date = "2019-01-01", end_date = "2026-03-31" },
    },
    soa = { { control = "A.8.13", applicable = true, justification = "Data must come back after a loss" } },
    nonconformities = {
      { id = "n1", source = "internal_audit", requirement = "A.8.13", grade = "major", description = "No restore was tried",
        raised_at = "2025-06-01", owner = "ann", correction = "Restored the database", root_cause = "Nobody planned the trials of the year",
        corrective_action = "Calendar with a named person", due_at = "2025-09-01", closed_at = "2025-08-20",
        effectiveness_checked_at = "2025-12-01", effective = true, status = "closed" },
      { id = "n2", source = "incident", requirement = "A.6.3", grade = "minor", description = "Two people were not trained",
        raised_at = "2026-05-01", owner = "ann", correction = "Trained both of them", root_cause = "Contractors are missing in the feed",
        corrective_action = "Feed contractors into the platform", due_at = "2026-08-01", status = "in_progress" },
    },
    treatments = {}, exceptions = {},
  },
  at_baseline = { weak_controls_registered = "n_a" },

  case "the register was not supplied" {
    without = { "nonconformities" },
    results = { ["A.8.13"] = { status = "ineffective", score = 20 } },
    expect = {
      causes_found = "unknown", closed_on_time = "unknown", effect_checked = "unknown", no_recurrence = "unknown",
      weak_controls_registered = "unknown", closure_credible = "unknown",
    },
  },
  case "an empty register" {
    only = { nonconformities = {} },
    expect = { causes_found = "unknown", closed_on_time = "unknown", effect_checked = "n_a", no_recurrence = "n_a", closure_credible = "n_a" },
  },
  case "not corrected" {
    with = { nonconformities = { { id = "n2", correction = absent } } },
    expect = { causes_found = { "n2", message = "nonconformity n2 was not corrected" } },
  },
  case "no cause known" {
    with = { nonconformities = { { id = "n2", root_cause = absent } } },
    expect = { causes_found = { "n2", message = "no cause is known for nonconformity n2, raised 60 days ago" } },
  },
  case "nothing planned" {
    with = { nonconformities = { { id = "n2", corrective_action = absent } } },
    expect = { causes_found = { "n2", message = "nothing is planned against the cause of nonconformity n2" } },
  },
  case "nobody owns it" {
    with = { nonconformities = { { id = "n2", owner = absent } } },
    expect = { causes_found = { "n2", message = "nonconformity n2 has no owner" } },
  },
  case "its owner has left" {
    with = { nonconformities = { { id = "n2", owner = "bob" } } },
    expect = { causes_found = { "n2", message = "nonconformity n2 is owned by Bob, who has left, or its cause says nothing" } },
  },
  case "the owner of a closed one may have left" {
    with = { nonconformities = { { id = "n1", owner = "bob" } } },
    expect = { causes_found = "pass" },
  },
  case "the cause repeats the finding" {
    with = { nonconformities = { { id = "n2", root_cause = "two people  were not-trained" } } },
    expect = { causes_found = { "n2", message = "the cause of nonconformity n2 only repeats the finding: two people  were not-trained" } },
  },
  case "the action is the correction" {
    with = { nonconformities = { { id = "n2", corrective_action = "trained both of them" } } },
    expect = { causes_found = { "n2", message = "the corrective action of nonconformity n2 is just its correction" } },
  },
  case "raised thirty days ago" {
    with = { nonconformities = { { id = "n2", raised_at = "2026-05-31", root_cause = absent } } },
    expect = { causes_found = { "n2" } },
  },
  case "raised a day later" {
    with = { nonconformities = { { id = "n2", raised_at = "2026-06-01", root_cause = absent } } },
    expect = { causes_found = { population = 1, passes = true } },
  },
  case "no date" {
    with = { nonconformities = { { id = "n2", due_at = absent } } },
    expect = { closed_on_time = { "n2", message = "nonconformity n2 (minor) has no date for its corrective action" } },
  },
  case "due on the day it was raised" {
    with = { nonconformities = { { id = "n1", due_at = "2025-06-01" } } },
    expect = { closed_on_time = { "n1", message = "nonconformity n1 (major) was due on 2025-06-01, not after the day on which it was raised" } },
  },
  case "closed on its date" {
    with = { nonconformities = { { id = "n1", closed_at = "2025-09-01" } } },
    expect = { closed_on_time = "pass" },
  },
  case "closed a day late" {
    with = { nonconformities = { { id = "n1", closed_at = "2025-09-02" } } },
    expect = { closed_on_time = { "n1", message = "nonconformity n1 (major) was closed 1 day late" } },
  },
  case "due today" {
    with = { nonconformities = { { id = "n2", due_at = "2026-06-30" } } },
    expect = { closed_on_time = "pass" },
  },
  case "due yesterday" {
    with = { nonconformities = { { id = "n2", due_at = "2026-06-29" } } },
    expect = { closed_on_time = { "n2", message = "nonconformity n2 (minor) is 1 day overdue" } },
  },
  case "nobody checked the effect" {
    with = { nonconformities = { { id = "n1", effectiveness_checked_at = absent } } },
    expect = { effect_checked = { "n1", message = "nobody checked whether the action on nonconformity n1 worked" } },
  },
  case "checked a day late" {
    with = { nonconformities = { { id = "n1", effectiveness_checked_at = "2026-02-17" } } },
    expect = { effect_checked = { "n1", message = "the action on nonconformity n1 was checked 1 day late, or before it could work" } },
  },
  case "checked on the last day" {
    with = { nonconformities = { { id = "n1", effectiveness_checked_at = "2026-02-16" } } },
    expect = { effect_checked = "pass" },
  },
  case "a check without a verdict" {
    with = { nonconformities = { { id = "n1", effective = absent } } },
    expect = { effect_checked = { "n1", message = "the check of nonconformity n1 has no verdict" } },
  },
  case "it did not work" {
    with = { nonconformities = { { id = "n1", effective = false } } },
    expect = { effect_checked = { "n1", message = "the action on nonconformity n1 did not work, yet the nonconformity is closed" },
      no_recurrence = "n_a" },
  },
  case "the effect of a fresh action can wait" {
    with = { nonconformities = { { id = "n1", closed_at = "2026-01-02", due_at = "2026-01-02", effectiveness_checked_at = absent } } },
    expect = { effect_checked = "n_a" },
  },
  case "it came back" {
    with = { nonconformities = { { id = "n2", requirement = "A.8.13" } } },
    expect = { no_recurrence = { "n1", message = "A.8.13 failed again (n2) after nonconformity n1 had been closed as effective" } },
  },
  case "it came back after more than a year" {
    with = { nonconformities = { { id = "n2", requirement = "A.8.13" } } }, params = { no_return = "200 d" },
    expect = { no_recurrence = "pass" },
  },
  case "a weakness that no register knows" {
    results = { ["A.8.13"] = { status = "ineffective", score = 20 } },
    expect = { weak_controls_registered = { "A.8.13", message = "A.8.13 has an effectiveness of only 0, and no register knows of it" } },
  },
  case "a weakness that a nonconformity knows" {
    results = { ["A.8.13"] = { status = "ineffective", score = 20 } },
    with = { nonconformities = { { id = "n2", requirement = "A.8.13" } } },
    expect = { weak_controls_registered = "pass" },
  },
  case "a weakness under treatment" {
    results = { ["A.8.13"] = { status = "partially_effective", score = 49 } },
    with = { treatments = { { id = "t1", risk_id = "r1", action = "Try restores", controls = { "A.8.13" }, due_at = "2026-09-01", status = "planned" } } },
    expect = { weak_controls_registered = "pass" },
  },
  case "a weakness excused" {
    results = { ["A.8.13"] = { status = "ineffective", score = 20 } },
    with = { exceptions = { { id = "x1", control = "A.8.13", reason = "New tape robot", approved_by = "ann", approved_at = "2026-05-01", expires_at = "2026-06-30" } } },
    expect = { weak_controls_registered = "pass" },
  },
  case "an excuse that ran out" {
    results = { ["A.8.13"] = { status = "ineffective", score = 20 } },
    with = { exceptions = { { id = "x1", control = "A.8.13", reason = "New tape robot", approved_by = "ann", approved_at = "2026-05-01", expires_at = "2026-06-29" } } },
    expect = { weak_controls_registered = { "A.8.13" } },
  },
  case "half effective is not weak" {
    results = { ["A.8.13"] = { status = "partially_effective", score = 50 } },
    expect = { weak_controls_registered = "n_a" },
  },
  case "closed on no date" {
    with = { nonconformities = { { id = "n1", closed_at = absent } } },
    expect = { closure_credible = { "n1", message = "nonconformity n1 is closed on no known date" } },
  },
  case "a date, but not closed" {
    with = { nonconformities = { { id = "n1", status = "in_progress" } } },
    expect = { closure_credible = { "n1", message = "nonconformity n1 has a date of closing, but is in_progress" } },
  },
  case "closed before it was raised" {
    with = { nonconformities = { { id = "n1", closed_at = "2025-05-31" } } },
    expect = { closure_credible = { "n1", message = "nonconformity n1 was closed on 2025-05-31, before it was raised or in the future" } },
  },
  case "a major one closed on its day" {
    with = { nonconformities = { { id = "n1", closed_at = "2025-06-01" } } },
    expect = { closure_credible = { "n1", message = "major nonconformity n1 was closed on the day it was raised" } },
  },
  case "closed in bulk" {
    with = { nonconformities = { { id = "n2", status = "closed", closed_at = "2025-08-20", raised_at = "2025-08-01", due_at = "2025-09-01" } } },
    params = { same_day = 1 },
    expect = { closure_credible = { "n1", "n2", message = "Ann closed 2 nonconformities on 2025-08-20" } },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = {
      analyse_within = "30 d", effect_within = "180 d", no_return = "365 d", register_within = "30 d", weak = 0.5, same_day = 5, lookback = "730 d",
    } },
  },
  case "an observation needs none of it" {
    with = { nonconformities = { { id = "n3", source = "incident", requirement = "A.8.13", grade = "observation", description = "Labels are faded",
      correction = "Printed anew", raised_at = "2025-06-01", closed_at = "2025-08-01", effective = false, status = "closed" } } },
    expect = {
      causes_found = { passes = true, population = 2 }, closed_on_time = { passes = true, population = 2 },
      effect_checked = { passes = true, population = 1 }, closure_credible = { passes = true, population = 2 },
    },
  },
  case "a minor one of more than two years ago" {
    with = { nonconformities = { { id = "n3", source = "incident", grade = "minor", description = "Labels are faded", raised_at = "2024-01-01",
      closed_at = "2024-06-29", status = "closed" } } },
    expect = {
      causes_found = { passes = true, population = 2 }, closed_on_time = { passes = true, population = 2 }, effect_checked = { passes = true, population = 1 },
    },
  },
  case "neither cause nor action" {
    with = { nonconformities = { { id = "n2", root_cause = absent, corrective_action = absent } } },
    expect = { causes_found = { "n2", message = "no cause is known for nonconformity n2, raised 60 days ago" } },
  },
  case "a cause that says nothing" {
    with = { nonconformities = { { id = "n2", root_cause = "tbd" } } },
    expect = { causes_found = { "n2" } },
  },
  case "an action that says nothing" {
    with = { nonconformities = { { id = "n2", corrective_action = "tbd" } } },
    expect = { causes_found = { "n2" } },
  },
  case "closed in time, its effect unchecked" {
    with = { nonconformities = { { id = "n1", effectiveness_checked_at = absent } } },
    expect = { closed_on_time = "pass", closure_credible = "pass", effect_checked = { "n1" } },
  },
  case "closed late, its effect unchecked" {
    with = { nonconformities = { { id = "n1", closed_at = "2025-09-02", effectiveness_checked_at = absent } } },
    expect = { closed_on_time = { "n1", message = "nonconformity n1 (major) was closed 1 day late" } },
  },
  case "called closed, on no date, and not yet due" {
    with = { nonconformities = { { id = "n2", status = "closed" } } },
    expect = { closed_on_time = { "n2" } },
  },
  case "a date of closing, but in progress" {
    with = { nonconformities = { { id = "n2", raised_at = "2025-06-01", closed_at = "2025-08-01" } } },
    expect = { closure_credible = { "n2" }, effect_checked = { passes = true, population = 1 } },
  },
  case "the time to check the effect is up today" {
    with = { nonconformities = { { id = "n1", closed_at = "2026-01-01", effectiveness_checked_at = absent } } },
    expect = { effect_checked = { "n1" } },
  },
  case "checked on the day it was raised" {
    with = { nonconformities = { { id = "n1", effectiveness_checked_at = "2025-06-01" } } },
    expect = { effect_checked = { "n1" } },
  },
  case "checked before it was due" {
    with = { nonconformities = { { id = "n1", effectiveness_checked_at = "2025-08-25" } } },
    expect = { effect_checked = "pass" },
  },
  case "of no requirement" {
    with = { nonconformities = { { id = "n1", requirement = absent } } },
    expect = { no_recurrence = "n_a" },
  },
  case "an observation on the same requirement" {
    with = { nonconformities = { { id = "n3", source = "incident", requirement = "A.8.13", grade = "observation", description = "Labels",
      raised_at = "2026-01-01", status = "open" } } },
    expect = { no_recurrence = "pass" },
  },
  case "it will come back, says a date that lies ahead" {
    with = { nonconformities = { { id = "n3", source = "incident", requirement = "A.8.13", grade = "minor", description = "Labels",
      raised_at = "2026-07-15", status = "open" } } },
    expect = { no_recurrence = "pass" },
  },
  case "it came back today" {
    with = { nonconformities = { { id = "n3", source = "incident", requirement = "A.8.13", grade = "minor", description = "Labels",
      raised_at = "2026-06-30", due_at = "2026-12-01", status = "open" } } },
    expect = { no_recurrence = { "n1" } },
  },
  case "it had been there before" {
    with = { nonconformities = { { id = "n3", source = "incident", requirement = "A.8.13", grade = "minor", description = "Labels",
      raised_at = "2025-05-01", due_at = "2025-09-15", status = "open" } } },
    expect = { no_recurrence = "pass" },
  },
  case "again on the day of the closing" {
    with = { nonconformities = { { id = "n3", source = "incident", requirement = "A.8.13", grade = "minor", description = "Labels",
      raised_at = "2025-08-20", status = "open" } } },
    expect = { no_recurrence = "pass" },
  },
  case "again before the effect was checked" {
    with = { nonconformities = { { id = "n3", source = "incident", requirement = "A.8.13", grade = "minor", description = "Labels",
      raised_at = "2025-10-01", status = "open" } } },
    expect = { no_recurrence = { "n1" } },
  },
  case "again on the last day of the year" {
    with = { nonconformities = { { id = "n1", closed_at = "2025-06-20" }, { id = "n3", source = "incident", requirement = "A.8.13", grade = "minor",
      description = "Labels", raised_at = "2026-06-20", status = "open" } } },
    expect = { no_recurrence = { "n1" } },
  },
  case "what was closed before it was raised is no return of itself" {
    with = { nonconformities = { { id = "n1", raised_at = "2025-08-25" } } },
    expect = { no_recurrence = "pass" },
  },
  case "a weak control that does not apply" {
    results = { ["A.7.10"] = { status = "ineffective", score = 10 } },
    with = { soa = { { control = "A.7.10", applicable = false, justification = "No media are used here" } } },
    expect = { weak_controls_registered = "n_a" },
  },
  case "registers that know of something else" {
    results = { ["A.8.13"] = { status = "partially_effective", score = 49 } },
    with = {
      nonconformities = { { id = "n3", source = "incident", requirement = "A.8.13", grade = "minor", description = "Tapes", raised_at = "2026-07-01",
        status = "open" } },
      treatments = {
        { id = "t1", risk_id = "r1", action = "Encrypt", controls = { "A.8.24" }, due_at = "2026-12-01", status = "planned" },
        { id = "t2", risk_id = "r1", action = "Second site", controls = { "A.8.13" }, due_at = "2026-01-01", status = "done" },
      },
      exceptions = {
        { id = "e1", control = "A.8.24", reason = "Old", approved_by = "ann", approved_at = "2026-01-01", expires_at = "2026-12-31" },
        { id = "e2", control = "A.8.13", reason = "Soon", approved_by = "ann", approved_at = "2026-07-01", expires_at = "2026-12-31" },
      },
    },
    expect = { weak_controls_registered = { "A.8.13", message = "A.8.13 has an effectiveness of only 0.49, and no register knows of it" } },
  },
  case "found to be weak today" {
    results = { ["A.8.13"] = { status = "partially_effective", score = 49 } },
    with = { nonconformities = { { id = "n3", source = "incident", requirement = "A.8.13", grade = "minor", description = "Tapes",
      raised_at = "2026-06-30", status = "open" } } },
    expect = { weak_controls_registered = "pass" },
  },
  case "a treatment under way" {
    results = { ["A.8.13"] = { status = "partially_effective", score = 49 } },
    with = { treatments = { { id = "t1", risk_id = "r1", action = "Second site", controls = { "A.8.13" }, due_at = "2026-12-01", status = "in_progress" } } },
    expect = { weak_controls_registered = "pass" },
  },
  case "excused today" {
    results = { ["A.8.13"] = { status = "partially_effective", score = 49 } },
    with = { exceptions = { { id = "e1", control = "A.8.13", reason = "Move", approved_by = "ann", approved_at = "2026-06-30", expires_at = "2026-12-31" } } },
    expect = { weak_controls_registered = "pass" },
  },
  case "a minor one may be closed on its day" {
    with = { nonconformities = { { id = "n2", status = "closed", closed_at = "2026-05-01" } } },
    expect = { closure_credible = "pass" },
  },
  case "as many on a day as are allowed" {
    params = { same_day = 1 },
    expect = { closure_credible = "pass" },
  },
  case "the effect will be checked later" {
    with = { nonconformities = { { id = "n1", effectiveness_checked_at = "2026-07-10" } } },
    expect = { closure_credible = "pass" },
  },
}
