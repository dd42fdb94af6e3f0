-- The building blocks about incidents, plans and exercises, backups, systems and changes.

local date, duration = engine.time, engine.duration

local tests = {}

local function judging(records, fn, settings)
  return function(t)
    t.judging(records, settings or {}, function(checks, isms) fn(t, checks, isms) end)
  end
end

local function made(base, more)
  local record = {}
  for name, value in pairs(base) do record[name] = value end
  for name, value in pairs(more or {}) do
    if value == "none" then record[name] = nil else record[name] = value end
  end
  return record
end

local people = {
  { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
  { id = "bob", name = "Bob", kind = "employee", start_date = "2020-01-01", end_date = "2026-06-01" },
  { id = "eve", name = "Eve", kind = "employee", start_date = "2020-01-01" },
}

tests.levels = judging({ incidents = {
  { id = "a", title = "A", severity = "high", detected_at = "2026-01-01T00:00:00Z", status = "open" },
  { id = "b", title = "B", severity = "medium", detected_at = "2026-01-01T00:00:00Z", status = "open" },
} }, function(t, checks, isms)
  t.equal(checks.level "critical", 4)
  t.equal(checks.level "low", 1)
  t.is_nil(checks.level "informational")
  t.is_nil(checks.level(nil))
  t.is_true(checks.serious(isms.incidents["a"]))
  t.is_false(checks.serious(isms.incidents["b"]))
  t.is_false(checks.serious(nil))
end)

local plan = { title = "Plan", kind = "incident_response", owner = "ann", approved_by = "eve", approved_at = "2026-01-01", status = "active" }

tests.plan_in_force = judging({ people = people, response_plans = {
  made(plan, { id = "good" }), made(plan, { id = "reviewed", approved_at = "2024-01-01", reviewed_at = "2026-01-01" }),
  made(plan, { id = "draft", status = "draft" }), made(plan, { id = "own", approved_by = "ann" }), made(plan, { id = "nobody", approved_by = "none" }),
  made(plan, { id = "undated", approved_at = "none" }), made(plan, { id = "stale", approved_at = "2025-06-29" }), made(plan, { id = "ahead",
    approved_at = "2026-07-01" }),
  made(plan, { id = "left", owner = "bob" }), made(plan, { id = "ownerless", owner = "none" }),
} }, function(t, checks, isms)
  local whys = {
    draft = "it is draft", own = "it was approved by its owner", nobody = "it has no approver", undated = "its approval carries no date",
    stale = "it was last approved or reviewed 366 days ago", ahead = "its approval lies in the future", left = "Bob left on 2026-06-01",
      ownerless = "it has no owner",
  }
  for record in isms.response_plans:each() do
    local ok, values = checks.plan_in_force(record)
    t.equal(ok, whys[record.id] == nil, record.id)
    t.equal(values and values.why, whys[record.id], record.id)
  end
  t.is_false(checks.plan_in_force(nil))
end, { params = { plan_review_interval = "365 d" } })

local exercise = { title = "X", kind = "tabletop", plan_ids = { "p" }, status = "done" }

tests.exercises = judging({
  response_plans = { made(plan, { id = "p" }), made(plan, { id = "q" }) },
  exercises = {
    made(exercise, { id = "late", performed_at = "2026-05-01" }), made(exercise, { id = "early", performed_at = "2026-01-01" }),
    made(exercise, { id = "same", performed_at = "2026-01-01" }), made(exercise, { id = "planned", status = "planned", performed_at = "2026-01-01" }),
    made(exercise, { id = "ahead", performed_at = "2026-07-01" }), made(exercise, { id = "undated" }),
  },
}, function(t, checks, isms)
  local ids = {}
  for i, one in ipairs(checks.exercises_of(isms.response_plans["p"])) do ids[i] = one.id end
  t.equal(ids, { "early", "same", "late" })
  t.equal(#checks.exercises_of(isms.response_plans["q"]), 0)
  t.equal(#checks.exercises_of(nil), 0)
  t.is_true(checks.held_exercise(isms.exercises["late"]))
  t.is_false(checks.held_exercise(isms.exercises["ahead"]))
  t.is_false(checks.held_exercise(isms.exercises["undated"]))
  t.is_false(checks.held_exercise(nil))
end)

local asset = { type = "software", status = "in_use", name = "X" }

tests.production = judging({ people = people, assets = {
  made(asset, { id = "plain" }), made(asset, { id = "prod", environment = "production" }), made(asset, { id = "test", environment = "test" }),
  made(asset, { id = "mine", assigned_to = "ann" }), made(asset, { id = "gone", assigned_to = "nobody" }), made(asset, { id = "store", status = "in_store" }),
  made(asset, { id = "people", type = "people" }),
} }, function(t, checks, isms)
  local expected = { plain = true, prod = true, test = false, mine = false, gone = true, store = false, people = false }
  for record in isms.assets:each() do t.equal(checks.production(record), expected[record.id], record.id) end
  t.is_false(checks.production(nil))
end)

tests.rpo_and_rto = judging({
  assets = { made(asset, { id = "a" }), made(asset, { id = "b" }), made(asset, { id = "c" }) },
  impact_analyses = {
    { id = "1", activity = "x", rpo = "8 h", rto = "12 h", asset_ids = { "a", "b" }, assessed_at = "2026-01-01" },
    { id = "2", activity = "y", rpo = "4 h", asset_ids = { "a" }, assessed_at = "2026-01-01" },
  },
}, function(t, checks, isms)
  t.equal(tostring(checks.rpo(isms.assets["a"])), "4 hours")
  t.equal(tostring(checks.rto(isms.assets["a"])), "12 hours")
  t.equal(tostring(checks.rpo(isms.assets["b"])), "8 hours")
  t.is_nil(checks.rpo(isms.assets["c"]))
  t.is_nil(checks.rpo(nil))
end)

tests.rpo_without_analyses = judging({ assets = { made(asset, { id = "a" }) } }, function(t, checks, isms)
  t.is_nil(checks.rpo(isms.assets["a"]))
  t.equal(#engine.unsupplied(), 0)
end, { needs = { "impact_analyses?" } })

local run = { job_id = "j", started_at = "2026-06-01T01:00:00Z", ended_at = "2026-06-01T02:00:00Z", status = "success" }

tests.good_run = judging({ backup_runs = {
  made(run, { id = "good" }), made(run, { id = "warned", status = "warning", bytes = 5 }), made(run, { id = "failed", status = "failed" }),
  made(run, { id = "empty", bytes = 0 }), made(run, { id = "endless", ended_at = "none" }), made(run, { id = "backwards",
    ended_at = "2026-06-01T00:00:00Z" }),
} }, function(t, checks, isms)
  local expected = { good = true, warned = true, failed = false, empty = false, endless = false, backwards = false }
  for record in isms.backup_runs:each() do t.equal(checks.good_run(record), expected[record.id], record.id) end
  t.is_false(checks.good_run(nil))
end)

local change = { title = "C", target = "system", kind = "normal", requested_by = "bob", approved_by = "ann", approved_at = "2026-06-01T00:00:00Z",
  status = "closed" }

tests.approved_change = judging({ people = people, changes = {
  made(change, { id = "good" }), made(change, { id = "self", requested_by = "ann" }), made(change, { id = "asked", status = "requested" }),
  made(change, { id = "nobody", approved_by = "none" }), made(change, { id = "undated", approved_at = "none" }),
  made(change, { id = "late", approved_at = "2026-06-02T00:00:00Z" }), made(change, { id = "emergency", kind = "emergency",
    approved_at = "2026-06-02T00:00:00Z" }),
  made(change, { id = "slow", kind = "emergency", approved_at = "2026-06-04T00:00:00Z" }), made(change, { id = "unasked", requested_by = "none" }),
} }, function(t, checks, isms)
  local whys = {
    self = "changes self was approved by the one who asked for it", asked = "changes asked is requested", nobody = "changes nobody has no approver",
    undated = "changes undated has no date of approval", late = "changes late was approved only on 2026-06-02T00:00:00Z",
    slow = "changes slow was approved only on 2026-06-04T00:00:00Z",
  }
  local t0, grace = date "2026-06-01T12:00:00Z", duration "48 h"
  for record in isms.changes:each() do
    local ok, values = checks.approved_change(record, t0, grace)
    t.equal(ok, whys[record.id] == nil, record.id)
    t.equal(values and values.why, whys[record.id], record.id)
  end
  t.is_false(checks.approved_change(nil, t0, grace))
  t.is_false(checks.approved_change(isms.changes["good"], nil, grace))
end)

return tests
