-- The building blocks about documents.

local duration = engine.duration

local tests = {}

local people = {
  { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01", department = "IT", job_title = "Admin" },
  { id = "bob", name = "Bob", kind = "contractor", start_date = "2026-06-10" },
  { id = "eve", name = "Eve", kind = "board", start_date = "2010-01-01" },
}

local function document(id, more)
  local made = { id = id, title = "Title " .. id, kind = "policy", topics = { "Backup" }, version = "1", status = "published", owner = "ann",
    approved_by = "eve", approved_at = "2026-01-10", published_at = "2026-01-20" }
  for name, value in pairs(more or {}) do
    if value == "none" then made[name] = nil else made[name] = value end
  end
  return made
end

local P = { params = { policy_review_interval = "365 d" }, needs = { "acknowledgements", "courses?", "accounts?" } }

local function judging(records, fn, settings)
  records.people = records.people or people
  return function(t)
    t.judging(records, settings or P, function(checks, isms) fn(t, checks, isms) end)
  end
end

tests.published = judging({ documents = {
  document "a", document("draft", { status = "draft" }), document("other", { topics = { "cloud" } }), document("ahead", { published_at = "2026-07-01" }),
  document("undated", { published_at = "none", approved_at = "none" }), document("approved", { published_at = "none" }),
  document("approved_ahead", { published_at = "none", approved_at = "2027-01-01" }), document("twice", { topics = { "backup", "BACKUP" } }),
} }, function(t, checks)
  local ids = {}
  for i, one in ipairs(checks.published "backup") do ids[i] = one.id end
  t.equal(ids, { "a", "undated", "approved", "twice" })
  t.equal(#checks.published "nothing", 0)
end)

tests.current = judging({ documents = {
  document("standard", { kind = "standard", published_at = "2026-05-01" }), document("new", { published_at = "2026-03-01" }),
  document("old", { published_at = "2026-02-01" }), document("guide", { kind = "guideline", topics = { "cloud" } }),
  document("guide2", { kind = "guideline", topics = { "cloud" }, published_at = "2026-01-21" }),
} }, function(t, checks)
  t.equal(checks.current("backup").id, "new", "a policy comes first, and of those the latest")
  t.equal(checks.current("cloud").id, "guide2")
  t.is_nil(checks.current "nothing")
end)

local function in_force(more, settings)
  return function(t)
    return t.judging({ people = people, documents = { document("d", more) } }, settings or P, function(checks)
      local ok, values = checks.policy_in_force "backup"
      return ok, values and values.why, values and values.limit and tostring(values.limit)
    end)
  end
end

tests.policy_in_force = function(t)
  t.is_true(in_force {}(t))
  t.is_true(in_force { approved_at = "2024-01-01", reviewed_at = "2025-06-30" }(t), "a review within the interval")
  t.is_true(in_force { owner = "none" }(t), "nobody to compare with")
end

tests.what_a_policy_lacks = function(t)
  local function lacks(more, pattern)
    local ok, why, limit = in_force(more)(t)
    t.is_false(ok)
    t.matches(why, pattern)
    t.equal(limit, "365 days")
  end
  lacks({ status = "draft" }, "no document on backup is published")
  lacks({ approved_by = "none" }, "Title d has no approver")
  lacks({ approved_by = "nobody" }, "Title d has no approver")
  lacks({ approved_by = "ann" }, "approved by its owner")
  lacks({ approved_at = "none" }, "no date of approval")
  lacks({ approved_at = "2025-06-29" }, "366 days ago, its review is overdue")
  lacks({ approved_at = "2026-07-01" }, "approved only from 2026%-07%-01 on")
end

tests.policy_in_force_of_a_kind = judging({ documents = { document("s", { kind = "standard" }), document("p", { approved_by = "none" }) } },
  function(t, checks, isms)
    t.is_true(checks.policy_in_force "backup")
    t.is_true(checks.policy_in_force("backup", "standard"))
    t.is_false(checks.policy_in_force("backup", "policy"))
    t.is_true(checks.policy_in_force("backup", { "policy", "standard" }))
    t.is_true(checks.policy_in_force("backup", isms.documents["s"]))
    t.is_false(checks.policy_in_force("backup", isms.documents["p"]))
    local _, values = checks.policy_in_force("backup", "procedure")
    t.equal(values.why, "no procedure on backup is published")
  end)

tests.policy_in_force_without_people = function(t)
  t.judging({ documents = { document "d", document("own", { topics = { "cloud" }, approved_by = "ann" }) } }, P, function(checks)
    t.is_true(checks.policy_in_force "backup", "keys do where nobody can be followed")
    t.is_false(checks.policy_in_force "cloud")
  end)
end

local function acknowledged(record, person, within, more)
  return function(t)
    return t.judging({ people = people, documents = { document("d", more) }, acknowledgements = record and { record } or {} }, P,
      function(checks, isms)
        local ok, values = checks.acknowledged("backup", isms.people[person], within and duration(within))
        return ok, values and values.says, values and values.days and tostring(values.days)
      end)
  end
end

local function ack(more)
  local made = { person_id = "ann", document_id = "d", version = "1", acknowledged_at = "2026-02-01" }
  for name, value in pairs(more or {}) do
    if value == "none" then made[name] = nil else made[name] = value end
  end
  return made
end

tests.acknowledged = function(t)
  t.is_true(acknowledged(ack(), "ann", "30 d")(t))
  t.is_true(acknowledged(ack { acknowledged_at = "2026-02-19" }, "ann", "30 d")(t), "the last day")
  t.is_true(acknowledged(ack { acknowledged_at = "2026-06-29" }, "ann")(t), "without a time until as_of")
  t.is_true(acknowledged(ack { version = "none" }, "ann", "30 d")(t))
  t.is_true(acknowledged(ack { person_id = "bob", acknowledged_at = "2026-06-20" }, "bob", "30 d")(t), "from the start of work")
  t.is_true(acknowledged(ack { acknowledged_at = "2026-02-09" }, "ann", "30 d", { published_at = "none" })(t), "approval stands in")
end

tests.not_acknowledged = function(t)
  local ok, says, days = acknowledged(ack { acknowledged_at = "2026-02-20" }, "ann", "30 d")(t)
  t.equal({ ok, says, days }, { false, "late", "1 day" })
  ok, says = acknowledged(ack { version = "0" }, "ann", "30 d")(t)
  t.equal({ ok, says }, { false, "old_version" })
  ok, says = acknowledged(ack { version = "none", acknowledged_at = "2026-01-19" }, "ann", "30 d")(t)
  t.equal({ ok, says == nil }, { false, true })
  t.is_false(acknowledged(nil, "ann", "30 d")(t))
  t.is_false(acknowledged(ack(), "bob", "30 d")(t))
  t.is_false(acknowledged(ack { acknowledged_at = "2026-07-02" }, "ann")(t), "not in the future")
  t.is_false(acknowledged(ack(), "ann", "30 d", { topics = { "other" } })(t), "no current document")
  t.is_false(acknowledged(ack(), "nobody", "30 d")(t))
end

tests.in_audience = judging({ documents = {
  document("everybody", { audience = { "ALL" } }), document("none", {}), document("it", { audience = { "it" } }), document("c", { audience = {
    "Contractor" } }),
  document("job", { audience = { "admin" } }),
} }, function(t, checks, isms)
  local ann, bob = isms.people["ann"], isms.people["bob"]
  t.is_true(checks.in_audience(ann, isms.documents["everybody"]))
  t.is_true(checks.in_audience(bob, isms.documents["none"]), "an empty audience is everybody")
  t.is_true(checks.in_audience(ann, isms.documents["it"]))
  t.is_false(checks.in_audience(bob, isms.documents["it"]))
  t.is_true(checks.in_audience(bob, isms.documents["c"]))
  t.is_true(checks.in_audience(ann, isms.documents["job"]))
  t.is_false(checks.in_audience(ann, nil))
  t.is_false(checks.in_audience(nil, isms.documents["everybody"]))
end)

tests.in_course_audience = judging({
  courses = {
    { course = "p", audience = { "privileged" }, mandatory = true, status = "active" },
    { course = "m", audience = { "managers" }, mandatory = true, status = "active" },
    { course = "i", audience = { "it" }, mandatory = true, status = "active" },
    { course = "e", mandatory = true, status = "active" },
  },
  accounts = { { id = "1", system = "x", kind = "human", person_id = "ann", privileged = true, status = "active" } },
  people = {
    people[1], { id = "bob", name = "Bob", kind = "employee", start_date = "2020-01-01", manager_id = "eve" }, people[3],
  },
}, function(t, checks, isms)
  local function meant(person, course) return checks.in_course_audience(isms.people[person], isms.courses[course]) end
  t.is_true(meant("ann", "p"))
  t.is_false(meant("bob", "p"))
  t.is_true(meant("eve", "m"))
  t.is_false(meant("bob", "m"))
  t.is_true(meant("ann", "i"))
  t.is_false(meant("bob", "i"))
  t.is_true(meant("bob", "e"))
  t.is_false(meant("nobody", "e"))
  t.is_false(meant("bob", "none"))
end)

return tests
