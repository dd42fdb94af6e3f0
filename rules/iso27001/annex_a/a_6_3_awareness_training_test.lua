-- Ann is with the organisation for long, Ben joined on 2026-01-01, Cat left on 2026-03-31.
return test "A.6.3" {
  as_of = "2026-06-30",
  organization = { id = "acme", name = "Acme", handles_personal_data = true, develops_software = true },
  baseline = {
    people = {
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01", remote_worker = true },
      { id = "ben", name = "Ben", kind = "contractor", start_date = "2026-01-01", department = "IT" },
      { id = "cat", name = "Cat", kind = "employee", start_date = "2020-01-01", end_date = "2026-03-31" },
    },
    accounts = {
      { id = "a1", system = "idp", person_id = "ann", kind = "human", privileged = false, status = "active" },
      { id = "a2", system = "idp", person_id = "ben", kind = "human", privileged = false, status = "active" },
    },
    courses = {
      { course = "basics", mandatory = true, status = "active", repeat_every = "365 d", pass_mark = 80, owner = "ann",
        content_updated_at = "2026-01-10",
        topics = { "information_security", "incident", "acceptable_use", "passwords", "malware", "classification",
          "Privacy", "remote working" } },
      { course = "coding", mandatory = true, status = "active", owner = "ann", audience = { "it" },
        content_updated_at = "2026-01-10", topics = { "secure_coding" }, joiner_within = "60 d" },
    },
    trainings = {
      { person_id = "ann", course = "basics", mandatory = true, assigned_at = "2026-01-02",
        completed_at = "2026-01-20", score = 90, passed = true },
      { person_id = "ben", course = "basics", mandatory = true, assigned_at = "2026-01-02",
        completed_at = "2026-01-31", score = 80, passed = true },
      { person_id = "ben", course = "coding", mandatory = true, assigned_at = "2026-01-02",
        completed_at = "2026-03-02" },
    },
    phishing_results = {
      { campaign = "spring", person_id = "ann", sent_at = "2026-03-01T09:00:00Z", outcome = "no_action",
        reported_at = "2026-03-01T10:00:00Z" },
      { campaign = "spring", person_id = "ben", sent_at = "2026-03-01T09:00:00Z", outcome = "opened" },
      { campaign = "autumn", person_id = "ann", sent_at = "2025-10-01T09:00:00Z", outcome = "opened",
        reported_at = "2025-10-01T10:00:00Z" },
    },
  },
  at_baseline = { falls_coached = "n_a" },

  -- programme_teaches_it

  case "subjects that no course teaches" {
    with = { courses = { { course = "basics", topics = { "information security", "incident" } } } },
    expect = {
      programme_teaches_it = {
        "acceptable_use", "passwords", "malware", "classification", "privacy", "remote_working",
        message = "no current mandatory course teaches acceptable_use",
      },
    },
  },
  case "what does not matter here need not be taught" {
    organization = { handles_personal_data = false, develops_software = absent },
    with = {
      people = { { id = "ann", remote_worker = false }, { id = "cat", remote_worker = true } },
      courses = { { course = "basics", topics = { "phishing" } } },
    },
    params = { required_topics = { "Phishing" } },
    expect = { programme_teaches_it = "pass" },
  },
  case "nothing needs to be taught" {
    organization = { handles_personal_data = absent, develops_software = absent },
    with = { people = { { id = "ann", remote_worker = absent } } },
    params = { required_topics = {} },
    expect = { programme_teaches_it = "n_a" },
  },
  case "contents updated on the last day" {
    with = { courses = { { course = "coding", content_updated_at = "2025-06-30" } } },
    expect = { programme_teaches_it = "pass" },
  },
  case "contents updated a day too long ago" {
    with = { courses = { { course = "coding", content_updated_at = "2025-06-29" } } },
    expect = { programme_teaches_it = { "secure_coding" } },
  },
  case "contents live longer" {
    with = { courses = { { course = "coding", content_updated_at = "2025-06-29" } } },
    params = { content_life = "366 d" },
    expect = { programme_teaches_it = "pass" },
  },
  case "nobody looks after a course" {
    with = { courses = { { course = "coding", owner = "cat" } } },
    expect = { programme_teaches_it = { "secure_coding" } },
  },
  case "a course that is not mandatory" {
    with = { courses = { { course = "coding", mandatory = false } } },
    expect = { programme_teaches_it = { "secure_coding" } },
  },
  case "no courses are supplied" {
    without = { "courses" },
    expect = {
      programme_teaches_it = "unknown", audience_assigned = "unknown", newcomers_trained = "unknown",
      training_repeated = "unknown", results_genuine = "unknown",
    },
  },

  -- audience_assigned

  case "somebody was never given a course" {
    without = { trainings = { 3 } },
    expect = {
      audience_assigned = { "coding", message = "Ben belongs to the audience of coding and was never given it" },
    },
  },
  case "a course that was taken without need" {
    with = { trainings = { [3] = { mandatory = false } } },
    expect = { audience_assigned = { "coding" } },
  },
  case "a course that was only assigned" {
    with = { trainings = { [3] = { assigned_at = "2026-06-30", completed_at = absent } } },
    expect = { audience_assigned = "pass" },
  },
  case "a course completed today" {
    with = { trainings = { [3] = { assigned_at = absent, completed_at = "2026-06-30" } } },
    expect = { audience_assigned = "pass" },
  },
  case "two of three may do" {
    without = { trainings = { 3 } },
    params = { trained_share = 66 },
    expect = { audience_assigned = { passes = true, "coding", population = 3 } },
  },
  case "a little more than two of three" {
    without = { trainings = { 3 } },
    params = { trained_share = 67 },
    expect = { audience_assigned = { "coding" } },
  },
  case "a newcomer whom the course gives time" {
    with = { people = { { id = "ben", start_date = "2026-05-01" } } },
    without = { trainings = { 3 } },
    expect = { audience_assigned = "pass" },
  },
  case "a newcomer whom the course gives no more time" {
    with = { people = { { id = "ben", start_date = "2026-04-30" } } },
    without = { trainings = { 3 } },
    expect = { audience_assigned = { "coding" } },
  },
  case "the course is for others" {
    with = { courses = { { course = "coding", audience = { "managers" } } } },
    without = { trainings = { 3 } },
    expect = { audience_assigned = "pass" },
  },
  case "no course is mandatory" {
    with = { courses = { { course = "basics", mandatory = false }, { course = "coding", status = "draft" } } },
    expect = { audience_assigned = "unknown", newcomers_trained = "n_a", training_repeated = "unknown" },
  },
  case "no list of trainings" {
    without = { "trainings" },
    expect = {
      audience_assigned = "unknown", newcomers_trained = "unknown", training_repeated = "unknown",
      results_genuine = "unknown",
    },
  },
  case "no register of people" {
    without = { "people" },
    expect = { audience_assigned = "unknown", programme_teaches_it = "unknown", behaviour_holds = "unknown" },
  },

  -- newcomers_trained

  case "a newcomer trained a day late" {
    with = { trainings = { [2] = { completed_at = "2026-02-01" } } },
    expect = {
      newcomers_trained = { "basics", message = "Ben started on 2026-01-01 and did not complete basics in time" },
    },
  },
  case "more time for newcomers" {
    with = { trainings = { [2] = { completed_at = "2026-02-01" } } },
    params = { joiner_default = "31 d" },
    expect = { newcomers_trained = "pass" },
  },
  case "the course's own time for newcomers" {
    with = { trainings = { [3] = { completed_at = "2026-03-03" } } },
    expect = { newcomers_trained = { "coding" } },
  },
  case "a newcomer who failed" {
    with = { trainings = { [2] = { passed = false } } },
    expect = { newcomers_trained = { "basics" } },
  },
  case "half of the newcomers in time may do" {
    without = { trainings = { 2 } },
    params = { joiner_share = 50 },
    expect = { newcomers_trained = { passes = true, "basics" } },
  },
  case "a little more than half of the newcomers" {
    without = { trainings = { 2 } },
    params = { joiner_share = 51 },
    expect = { newcomers_trained = { "basics" } },
  },
  case "a newcomer who left at once" {
    with = { people = { { id = "ben", end_date = "2026-01-31" } } },
    without = { trainings = { 2, 3 } },
    expect = { newcomers_trained = "n_a" },
  },
  case "a newcomer still has time" {
    with = { people = { { id = "ben", start_date = "2026-05-31" } } },
    without = { trainings = { 2, 3 } },
    expect = { newcomers_trained = "n_a", training_repeated = "pass" },
  },
  case "a newcomer's time is up" {
    with = { people = { { id = "ben", start_date = "2026-05-30" } } },
    without = { trainings = { 2, 3 } },
    expect = { newcomers_trained = { "basics" }, training_repeated = { "basics" } },
  },
  case "nobody joined in the period" {
    with = { people = { { id = "ben", start_date = "2025-06-29" } } },
    expect = { newcomers_trained = "n_a" },
  },
  case "a longer period" {
    with = { people = { { id = "ben", start_date = "2025-06-29" } } },
    params = { lookback = "366 d" },
    expect = { newcomers_trained = { "basics", "coding" } },
  },

  -- training_repeated

  case "repeated on the last day" {
    with = { trainings = { [1] = { completed_at = "2025-05-31", assigned_at = absent } } },
    expect = { training_repeated = "pass" },
  },
  case "repeated a day too long ago" {
    with = { trainings = { [1] = { completed_at = "2025-05-30", assigned_at = absent } } },
    expect = { training_repeated = { "basics", message = "Ann last completed basics 396 days ago, or never" } },
  },
  case "more delay is allowed" {
    with = { trainings = { [1] = { completed_at = "2025-05-30", assigned_at = absent } } },
    params = { repeat_grace = "31 d" },
    expect = { training_repeated = "pass" },
  },
  case "a training that was failed does not count" {
    with = { trainings = { [1] = { passed = false } } },
    expect = {
      training_repeated = { "basics", message = "Ann last completed basics ? days ago, or never" },
    },
  },
  case "one of two trained may do" {
    without = { trainings = { 1 } },
    params = { trained_share = 50 },
    expect = { training_repeated = { passes = true, "basics", population = 2 } },
  },

  -- results_genuine

  case "completed in the future" {
    with = { trainings = { [3] = { completed_at = "2026-07-01" } } },
    expect = {
      results_genuine = {
        3, message = "completion of coding by Ben on 2026-07-01 is not credible: completed_at is in the future",
      },
    },
  },
  case "completed before it was assigned" {
    with = { trainings = { [1] = { assigned_at = "2026-01-21" } } },
    expect = {
      results_genuine = {
        1,
        message = "completion of basics by Ann on 2026-01-20 is not credible: it was assigned later, on 2026-01-21",
      },
    },
  },
  case "completed before joining" {
    with = { people = { { id = "ben", start_date = "2026-02-01" } } },
    expect = {
      results_genuine = {
        2,
        message = "completion of basics by Ben on 2026-01-31 is not credible: Ben joined later, on 2026-02-01",
      },
    },
  },
  case "a course that does not exist" {
    with = { trainings = { [3] = { course = "cooking" } } },
    expect = {
      results_genuine = {
        3, message = "completion of cooking by Ben on 2026-03-02 is not credible: there is no such course",
      },
    },
  },
  case "completed without the test" {
    with = { trainings = { [1] = { score = absent } } },
    expect = {
      results_genuine = { 1, message = "Ann completed basics without the test that belongs to it" },
    },
  },
  case "completed without test and result" {
    with = { trainings = { [1] = { score = absent, passed = absent } } },
    expect = { results_genuine = { 1 } },
  },
  case "passed below the mark" {
    with = { trainings = { [2] = { score = 79 } } },
    expect = {
      results_genuine = {
        2,
        message = "completion of basics by Ben on 2026-01-31 is not credible: "
          .. "passed with a score of 79, where 80 are asked",
      },
    },
  },
  case "failed below the mark" {
    with = { trainings = { [2] = { score = 79, passed = false } } },
    expect = { results_genuine = "pass" },
  },
  case "all completed on one day" {
    with = { trainings = { [1] = { completed_at = "2026-03-02" } } },
    params = { stamp_min = 3 },
    expect = {
      results_genuine = {
        1, 3,
        message = "completion of basics by Ann on 2026-03-02 is not credible: "
          .. "completed_at 2026-03-02 stands in 2 of 3 records",
      },
    },
  },
  case "too few completions for a bulk entry" {
    with = { trainings = { [1] = { completed_at = "2026-03-02" } } },
    params = { stamp_min = 4 },
    expect = { results_genuine = "pass" },
  },
  case "one day for just the share that is allowed" {
    with = { trainings = { [1] = { completed_at = "2026-03-02" } } },
    params = { stamp_min = 3, stamp_share = 67 },
    expect = { results_genuine = "pass" },
  },
  case "completed on the first day of the period" {
    with = { trainings = { [3] = { completed_at = "2025-06-30" } } },
    expect = { results_genuine = { 3 } },
  },
  case "nothing was completed in the period" {
    with = { trainings = {
      [1] = { completed_at = "2025-06-29" }, [2] = { completed_at = "2025-06-29" },
      [3] = { completed_at = "2025-06-29" },
    } },
    expect = { results_genuine = "unknown" },
  },

  -- falls_coached

  case "nobody coached who fell" {
    with = { phishing_results = { [2] = { outcome = "clicked" } } },
    expect = { falls_coached = { 2, message = "Ben fell for spring (clicked) and was not coached" } },
  },
  case "coached on the last day" {
    with = { phishing_results = { [2] = { outcome = "credentials_given", follow_up_at = "2026-03-31" } } },
    expect = { falls_coached = "pass" },
  },
  case "coached a day late" {
    with = { phishing_results = { [2] = { outcome = "clicked", follow_up_at = "2026-04-01" } } },
    expect = { falls_coached = { 2, message = "Ben fell for spring and was coached only after 31 days" } },
  },
  case "more time for coaching" {
    with = { phishing_results = { [2] = { outcome = "clicked", follow_up_at = "2026-04-01" } } },
    params = { coach_within = "31 d" },
    expect = { falls_coached = "pass" },
  },
  case "coached before falling" {
    with = { phishing_results = { [2] = { outcome = "clicked", follow_up_at = "2026-02-28" } } },
    expect = { falls_coached = { 2 } },
  },
  case "who fell left at once" {
    with = {
      phishing_results = { [2] = { outcome = "clicked" } },
      people = { { id = "ben", end_date = "2026-03-15" } },
    },
    expect = { falls_coached = "n_a" },
  },
  case "who fell left when the time was up" {
    with = {
      phishing_results = { [2] = { outcome = "clicked" } },
      people = { { id = "ben", end_date = "2026-03-31" } },
    },
    expect = { falls_coached = "n_a" },
  },
  case "nobody knows who fell" {
    with = { phishing_results = { [2] = { outcome = "clicked" } } },
    without = { "people" },
    expect = { falls_coached = "unknown" },
  },
  case "there is still time for coaching" {
    with = { phishing_results = { [2] = { outcome = "clicked", sent_at = "2026-06-15T09:00:00Z" } } },
    expect = { falls_coached = "n_a" },
  },

  -- behaviour_holds

  case "too many fell" {
    with = { phishing_results = { [2] = { outcome = "clicked" } } },
    expect = {
      behaviour_holds = {
        "spring",
        message = "spring: 50 % of 2 recipients fell for it or too few reported it - at most 10 % may fall for it",
      },
    },
  },
  case "so many may fall" {
    with = { phishing_results = { [2] = { outcome = "clicked" } } },
    params = { fall_limit = 50 },
    expect = { behaviour_holds = "pass" },
  },
  case "not quite so many may fall" {
    with = { phishing_results = { [2] = { outcome = "clicked" } } },
    params = { fall_limit = 49 },
    expect = { behaviour_holds = { "spring" } },
  },
  case "half of the recipients reported it" {
    params = { report_share = 50 },
    expect = { behaviour_holds = "pass" },
  },
  case "more should report it" {
    params = { report_share = 51 },
    expect = {
      behaviour_holds = {
        "spring",
        message = "spring: 0 % of 2 recipients fell for it or too few reported it - less than 51 % reported it",
      },
    },
  },
  case "reported before it was sent" {
    with = { phishing_results = { [1] = { reported_at = "2026-02-28T10:00:00Z" } } },
    expect = { behaviour_holds = { "spring" } },
  },
  case "too few campaigns" {
    with = { phishing_results = { [3] = { sent_at = "2025-06-29T09:00:00Z" } } },
    expect = {
      behaviour_holds = {
        "spring",
        message = "spring: 0 % of 2 recipients fell for it or too few reported it - "
          .. "the period had 1 campaigns, at least 2 are asked",
      },
    },
  },
  case "more campaigns are asked" {
    params = { campaigns = 3 },
    expect = { behaviour_holds = { "spring", "autumn" } },
  },
  case "the campaigns reached half of the people" {
    without = { phishing_results = { 2 } },
    params = { reach_share = 50 },
    expect = { behaviour_holds = "pass" },
  },
  case "the campaigns should reach more people" {
    without = { phishing_results = { 2 } },
    params = { reach_share = 51 },
    expect = {
      behaviour_holds = {
        "spring", "autumn",
        message = "spring: 0 % of 1 recipients fell for it or too few reported it - "
          .. "all campaigns together reached less than 51 % of the people",
      },
    },
  },
  case "no campaign in the period" {
    only = { phishing_results = {} },
    expect = { behaviour_holds = "unknown", falls_coached = "n_a" },
  },
  case "no simulations are supplied" {
    without = { "phishing_results" },
    expect = { behaviour_holds = "n_a", falls_coached = "n_a" },
  },
  case "no list of accounts" {
    without = { "accounts" },
    expect = { behaviour_holds = "unknown" },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = {
      lookback = "365 d", content_life = "365 d", joiner_default = "30 d", joiner_share = 95, repeat_grace = "30 d", trained_share = 95,
      stamp_share = 60, stamp_min = 20, campaigns = 2, reach_share = 80, fall_limit = 10, report_share = 20, coach_within = "30 d",
      required_topics = { "information_security", "incident", "acceptable_use", "passwords", "malware", "classification" },
    } },
  },
  case "no personal data, no course about it" {
    organization = { handles_personal_data = absent },
    with = { courses = { { course = "basics", topics = {
      "information_security", "incident", "acceptable_use", "passwords", "malware", "classification", "remote working",
    } } } },
    expect = { programme_teaches_it = "pass" },
  },
  case "a course of the past" {
    with = { courses = { { course = "coding", status = "retired" } } },
    expect = { programme_teaches_it = { "secure_coding" } },
  },
  case "a newcomer who left after the time was up" {
    with = { people = { { id = "ben", end_date = "2026-06-01" } } },
    expect = { newcomers_trained = { passes = true, population = 2 } },
  },
  case "a course of one's own choice" {
    add = { trainings = { { person_id = "ann", course = "yoga", completed_at = "2026-02-01" } } },
    expect = { results_genuine = { passes = true, population = 3 } },
  },
  case "a score without a word whether it was passed" {
    with = { trainings = { [1] = { passed = absent } } },
    expect = { results_genuine = "pass" },
  },
  case "who fell long ago, and who fell a month ago" {
    add = { phishing_results = {
      { campaign = "old", person_id = "ann", sent_at = "2025-06-01T09:00:00Z", outcome = "clicked" },
      { campaign = "new", person_id = "ann", sent_at = "2026-05-31T09:00:00Z", outcome = "clicked" },
    } },
    expect = { falls_coached = "n_a" },
  },
  case "who fell left long after" {
    add = { phishing_results = { { campaign = "winter", person_id = "cat", sent_at = "2025-12-01T09:00:00Z", outcome = "clicked" } } },
    expect = { falls_coached = { 4 } },
  },
  case "reported in the moment it came" {
    with = { phishing_results = { [1] = { reported_at = "2026-03-01T09:00:00Z" } } },
    expect = { behaviour_holds = "pass" },
  },
  case "people who have no account of their own need no simulation" {
    with = {
      people = {
        { id = "dan", name = "Dan", kind = "employee", start_date = "2020-01-01" }, { id = "eva", name = "Eva", kind = "employee", start_date = "2020-01-01" },
        { id = "fay", name = "Fay", kind = "employee", start_date = "2020-01-01" },
      },
      accounts = {
        { id = "a3", system = "idp", person_id = "eva", kind = "service", privileged = false, status = "active" },
        { id = "a4", system = "idp", person_id = "fay", kind = "human", privileged = false, status = "disabled" },
      },
    },
    expect = { behaviour_holds = "pass" },
  },
}
