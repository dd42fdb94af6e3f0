-- Eve leads the company (no manager, manages Ann); the policy p1 is in force since 2026-01-20.
return test "5.2" {
  as_of = "2026-06-30",
  baseline = {
    people = {
      { id = "eve", name = "Eve", kind = "employee", start_date = "2015-01-01" },
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01", manager_id = "eve" },
      { id = "bob", name = "Bob", kind = "employee", start_date = "2020-01-01", end_date = "2026-04-30", manager_id = "eve" },
    },
    roles = {
      { id = "r1", title = "Management", responsibilities = { "lead" }, duties = { "top_management" }, assigned_to = { "eve" } },
    },
    documents = {
      { id = "p1", title = "Security policy", kind = "policy", topics = { "information_security" }, version = "3",
        status = "published", owner = "ann", approved_by = "eve", approved_at = "2026-01-15", published_at = "2026-01-20",
        audience = { "all", "customers" } },
      { id = "t1", title = "Backup policy", kind = "topic_policy", topics = { "backup" }, version = "1", status = "published" },
    },
    acknowledgements = {
      { person_id = "eve", document_id = "p1", version = "3", acknowledged_at = "2026-01-21" },
      { person_id = "ann", document_id = "p1", version = "3", acknowledged_at = "2026-02-19" },
      { person_id = "bob", document_id = "p1", version = "3", acknowledged_at = "2026-02-01" },
    },
    objectives = {
      { id = "o1", title = "Fewer incidents", policy_id = "p1", status = "active" },
      { id = "o2", title = "Faster restores", policy_id = "t1", status = "active" },
    },
    communications = {},
  },

  case "no policy at all" {
    only = { documents = {} },
    expect = {
      policy_stands = { message = "no information security policy is published, approved and reviewed within 365 days" },
      approved_by_top = "unknown", policy_known = "unknown", acknowledgements_sound = "unknown", available_outside = "unknown",
    },
  },
  case "documents were not supplied" {
    without = { "documents" },
    expect = {
      policy_stands = "unknown", approved_by_top = "unknown", policy_known = "unknown", acknowledgements_sound = "unknown",
      frames_objectives = "unknown", available_outside = "unknown",
    },
  },
  case "a standard is no policy" {
    with = { documents = { { id = "p1", kind = "standard" } } },
    expect = { policy_stands = "fail" },
  },
  case "approved a year ago to the day" {
    with = { documents = { { id = "p1", approved_at = "2025-06-30", published_at = "2025-06-30" } },
      acknowledgements = { [1] = { acknowledged_at = "2025-07-01" }, [2] = { acknowledged_at = "2025-07-01" } } },
    expect = { policy_stands = "pass" },
  },
  case "a day longer" {
    with = { documents = { { id = "p1", approved_at = "2025-06-29", published_at = "2025-06-30" } } },
    expect = { policy_stands = "fail" },
  },
  case "approved by nobody" {
    with = { documents = { { id = "p1", approved_by = absent } } },
    expect = { approved_by_top = { "p1", message = "the information security policy p1 was approved by nobody" } },
  },
  case "approved by somebody below" {
    with = { documents = { { id = "p1", approved_by = "ann", owner = "eve" } } },
    expect = { approved_by_top = { "p1",
      message = "policy p1 was approved by Ann, who was not top management on 2026-01-15 or owns the policy" } },
  },
  case "approved by its owner" {
    with = { documents = { { id = "p1", owner = "eve" } } },
    expect = { approved_by_top = { "p1" } },
  },
  case "published before it was approved" {
    with = { documents = { { id = "p1", published_at = "2026-01-14" } } },
    expect = { approved_by_top = { "p1", message = "policy p1 was published on 2026-01-14, before its approval on 2026-01-15" } },
  },
  case "a day late" {
    with = { acknowledgements = { [2] = { acknowledged_at = "2026-02-20" } } },
    expect = { policy_known = { "ann", message = "Ann acknowledged the policy 1 day late" } },
  },
  case "an older version" {
    with = { acknowledgements = { [2] = { version = "2" } } },
    expect = { policy_known = { "ann", message = "Ann acknowledged only version 2 of the policy" } },
  },
  case "never" {
    without = { acknowledgements = { 2 } },
    expect = { policy_known = { "ann", message = "Ann (employee) has not acknowledged the current information security policy" } },
  },
  case "half of the people are enough for some" {
    without = { acknowledgements = { 2 } }, params = { ack_share = 50 },
    expect = { policy_known = { passes = true, "ann" } },
  },
  case "newcomers have time" {
    with = { people = { { id = "ann", start_date = "2026-05-31" } } },
    expect = { policy_known = { population = 1, passes = true } },
  },
  case "without acknowledgements" {
    without = { "acknowledgements" },
    expect = { policy_known = "unknown", acknowledgements_sound = "unknown" },
  },
  case "an acknowledgement of no version" {
    with = { acknowledgements = { [1] = { version = absent } } },
    expect = { acknowledgements_sound = { 1, message = "an acknowledgement by Eve names no version" } },
  },
  case "in the future" {
    with = { acknowledgements = { [1] = { acknowledged_at = "2026-07-01" } } },
    expect = { acknowledgements_sound = { 1, message = "acknowledged_at is in the future" } },
  },
  case "before publication" {
    with = { acknowledgements = { [1] = { acknowledged_at = "2026-01-19" } } },
    expect = { acknowledgements_sound = { 1, message = "Eve acknowledged version 3 before it was published" } },
  },
  case "after leaving" {
    with = { acknowledgements = { [3] = { acknowledged_at = "2026-05-01" } } },
    expect = { acknowledgements_sound = { 3, message = "Bob acknowledged the policy after leaving" } },
  },
  case "an objective out of the blue" {
    with = { objectives = { { id = "o1", policy_id = absent } } },
    expect = { frames_objectives = { "o1", message = "objective o1 (Fewer incidents) follows from no policy" } },
  },
  case "an objective on a draft" {
    with = { documents = { { id = "t1", status = "draft" } } },
    expect = { frames_objectives = { "o2", message = "objective o2 (Faster restores) rests on Backup policy, which is not in force" } },
  },
  case "no objectives" {
    without = { "objectives" },
    expect = { frames_objectives = "n_a" },
  },
  case "nobody outside can get it" {
    with = { documents = { { id = "p1", audience = { "all" } } } },
    expect = { available_outside = { "p1", message = "nothing shows that the policy, or a public version, is available to interested parties" } },
  },
  case "sent to customers" {
    with = {
      documents = { { id = "p1", audience = { "all" } } },
      communications = { { id = "c1", record = "made", subject = "Our policy", direction = "external", about = { "p1" }, done_at = "2026-03-01" } },
    },
    expect = { available_outside = "pass" },
  },
  case "to be sent tomorrow" {
    with = {
      documents = { { id = "p1", audience = { "all" } } },
      communications = { { id = "c1", record = "made", subject = "Our policy", direction = "external", about = { "p1" }, done_at = "2026-07-01" } },
    },
    expect = { available_outside = { "p1" } },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = { policy_review_interval = "365 d", ack_within = "30 d", audience_kinds = { "employee", "contractor", "temporary" }, ack_share = 95 } },
  },
  case "a policy that nobody owns" {
    with = { documents = { { id = "p1", owner = absent } } },
    expect = { approved_by_top = "pass" },
  },
  case "published on the day of its approval" {
    with = { documents = { { id = "p1", published_at = "2026-01-15" } } },
    expect = { approved_by_top = "pass" },
  },
  case "people of other firms need not acknowledge" {
    with = { people = { { id = "tom", name = "Tom", kind = "third_party", start_date = "2020-01-01" } } },
    expect = { policy_known = { passes = true, population = 2 } },
  },
  case "published this month" {
    with = { documents = { { id = "p1", published_at = "2026-06-10" } } },
    expect = { policy_known = "unknown" },
  },
  case "an older version may have been acknowledged earlier" {
    with = { acknowledgements = { [1] = { version = "2", acknowledged_at = "2025-01-01" } } },
    expect = { acknowledgements_sound = "pass" },
  },
  case "acknowledged on the days that count" {
    with = { acknowledgements = { [1] = { acknowledged_at = "2026-01-20" }, [3] = { acknowledged_at = "2026-04-30" } } },
    expect = { acknowledgements_sound = "pass" },
  },
  case "an objective of the past, without a policy" {
    with = { objectives = { { id = "o3", title = "Fewer papers", status = "achieved" } } },
    expect = { frames_objectives = { passes = true, population = 2 } },
  },
  case "an objective on a standard about something else" {
    with = {
      documents = { { id = "d1", title = "Naming", kind = "standard", topics = { "naming" }, version = "1", status = "published" } },
      objectives = { { id = "o2", policy_id = "d1" } },
    },
    expect = { frames_objectives = { "o2" } },
  },
  case "the list of objectives is empty" {
    only = { objectives = {} },
    expect = { frames_objectives = "n_a" },
  },
  case "everybody can get it" {
    with = { documents = { { id = "p1", audience = { "public" } } } },
    expect = { available_outside = "pass" },
  },
  case "those outside can get it" {
    with = { documents = { { id = "p1", audience = { "external" } } } },
    expect = { available_outside = "pass" },
  },
  case "sent to customers today" {
    with = {
      documents = { { id = "p1", audience = { "all" } } },
      communications = { { id = "c1", record = "made", subject = "Our policy", direction = "external", about = { "p1" }, done_at = "2026-06-30" } },
    },
    expect = { available_outside = "pass" },
  },
  case "something else sent, told to the staff, or only planned" {
    with = {
      documents = { { id = "p1", audience = { "all" } } },
      communications = {
        { id = "c1", record = "made", subject = "Backups", direction = "external", about = { "t1" }, done_at = "2026-03-01" },
        { id = "c2", record = "made", subject = "Our policy", direction = "internal", about = { "p1" }, done_at = "2026-03-01" },
        { id = "c3", record = "planned", subject = "Our policy", direction = "external", about = { "p1" }, done_at = "2026-03-01" },
      },
    },
    expect = { available_outside = { "p1" } },
  },
}
