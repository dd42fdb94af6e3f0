-- The building blocks about dates: each holds, does not hold, and meets what is absent.

local date, duration = engine.time, engine.duration

local tests = {}

local P = { params = { lookback = "365 d" } }

local function judging(records, fn, settings)
  return function(t)
    t.judging(records, settings or P, function(checks, isms, params) fn(t, checks, isms, params) end)
  end
end

local d = function(text) return date(text) end

tests.within = judging({}, function(t, checks)
  local span = duration "30 d"
  t.is_true(checks.within(d "2026-06-30", span))
  t.is_true(checks.within(d "2026-05-31", span), "the first day counts")
  t.is_false(checks.within(d "2026-05-30", span))
  t.is_false(checks.within(d "2026-07-01", span), "not in the future")
  t.is_false(checks.within(nil, span))
  t.is_false(checks.within(d "2026-06-30", nil))
  local _, values = checks.within(d "2026-05-01", span)
  t.equal(tostring(values.days), "60 days")
  t.equal(values.overdue, 1.0)
end)

tests.in_period = judging({}, function(t, checks)
  t.is_true(checks.in_period(d "2025-06-30"))
  t.is_false(checks.in_period(d "2025-06-29"))
  t.is_false(checks.in_period(nil))
end)

tests.in_period_needs_its_param = judging({}, function(t, checks)
  t.raises(function() checks.in_period(d "2026-06-30") end, "no param `lookback`")
end, {})

tests.latest_and_earliest = judging({}, function(t, checks)
  t.equal(tostring(checks.latest(d "2026-01-01", nil, d "2026-03-01")), "2026-03-01")
  t.equal(tostring(checks.earliest(nil, d "2026-01-01", d "2026-03-01")), "2026-01-01")
  t.equal(tostring(checks.shortest(duration "30 d", duration "4 h", nil)), "4 hours")
  t.is_nil(checks.latest(nil, nil))
  t.is_nil(checks.shortest())
end)

tests.in_order = judging({}, function(t, checks)
  t.is_true(checks.in_order(d "2026-01-01", nil, d "2026-01-01", d "2026-02-01"))
  t.is_true(checks.in_order())
  t.is_true(checks.in_order(d "2026-01-01", d "2026-01-01T08:00:00Z"), "days are compared")
  local ok, values = checks.in_order(d "2026-02-01", nil, d "2026-01-01")
  t.is_false(ok)
  t.equal(tostring(values.days), "31 days")
end)

tests.not_future = judging({}, function(t, checks)
  t.is_true(checks.not_future(nil, d "2026-06-30"))
  t.is_false(checks.not_future(d "2026-01-01", d "2026-07-01"))
end)

tests.reviewed_within = judging({}, function(t, checks)
  t.is_true(checks.reviewed_within(d "2026-06-01", duration "30 d"))
  t.is_false(checks.reviewed_within(d "2026-05-01", duration "30 d"))
  t.is_false(checks.reviewed_within(nil, duration "30 d"))
end)

local reviews = { access_reviews = {
  { id = "old", system = "crm", performed_at = "2026-01-01", reviewer = "x", scope = "all", accounts_in_scope = 1, accounts_reviewed = 1 },
  { id = "new", system = "crm", performed_at = "2026-06-01", reviewer = "x", scope = "all", accounts_in_scope = 1, accounts_reviewed = 1 },
  { id = "same_day", system = "erp", performed_at = "2026-06-01", reviewer = "x", scope = "all", accounts_in_scope = 1, accounts_reviewed = 1 },
  { id = "ahead", system = "crm", performed_at = "2026-07-01", reviewer = "x", scope = "all", accounts_in_scope = 1, accounts_reviewed = 1 },
} }

tests.newest = judging(reviews, function(t, checks, isms)
  t.equal(checks.newest("access_reviews", "performed_at").id, "same_day", "of equal ones the last")
  t.equal(checks.newest(isms.access_reviews, "performed_at", { system = "crm" }).id, "new")
  t.equal(checks.newest({ isms.access_reviews[1], isms.access_reviews[4] }, "performed_at").id, "old")
  t.is_nil(checks.newest(isms.access_reviews:where { system = "none" }, "performed_at"))
  t.is_nil(checks.newest({}, "performed_at"))
  t.is_nil(checks.newest(nil, "performed_at"))
  t.equal(select("#", checks.newest("access_reviews", "performed_at")), 1, "one value")
end)

tests.recent = judging(reviews, function(t, checks, isms)
  local crm = isms.access_reviews:where { system = "crm" }
  local ok, newest = checks.recent(crm, "performed_at", duration "29 d")
  t.is_true(ok)
  t.equal(newest.id, "new")
  local values
  ok, newest, values = checks.recent(crm, "performed_at", duration "28 d")
  t.is_false(ok)
  t.equal(newest.id, "new")
  t.equal(tostring(values.days), "29 days")
  ok, newest, values = checks.recent({}, "performed_at", duration "28 d")
  t.is_false(ok)
  t.is_nil(newest)
  t.equal(values.why, "there is none")
end)

tests.passed = judging({}, function(t, checks)
  -- as_of is the day 2026-06-30: days are compared with days, and its end counts for hours.
  local day, hours = engine.duration "1 d", engine.duration "24 h"
  t.is_true(checks.passed(d "2026-06-28", day))
  t.is_true(not checks.passed(d "2026-06-29", day))
  t.is_true(not checks.passed(engine.time "2026-06-29T10:00:00Z", day))
  t.is_true(checks.passed(engine.time "2026-06-29T10:00:00Z", hours))
  t.is_true(not checks.passed(engine.time "2026-06-30T00:00:00Z", hours))
  t.is_true(not checks.passed(nil, day))
end)

tests.passed = judging({}, function(t, checks)
  t.is_true(checks.passed(d "2026-06-01", duration "28 d"))
  t.is_false(checks.passed(d "2026-06-01", duration "29 d"), "the last day is not over")
  t.is_true(checks.passed(d "2026-06-30T02:00:00Z", duration "16 h"), "as_of stands for the end of the day")
  t.is_false(checks.passed(d "2026-06-30T10:00:00Z", duration "16 h"))
  t.is_false(checks.passed(nil, duration "24 h"))
  t.is_false(checks.passed(d "2026-06-01", nil))
end)

tests.timely = judging({}, function(t, checks)
  local span = duration "10 d"
  t.is_true(checks.timely(d "2026-06-01", d "2026-06-11", span))
  t.is_false(checks.timely(d "2026-06-01", d "2026-06-12", span))
  t.is_true(checks.timely(d "2026-06-20", nil, span), "the time is not up yet")
  t.is_false(checks.timely(d "2026-06-19", nil, span))
  t.is_true(checks.timely(d "2026-06-01", d "2026-05-01", span), "it does not ask for the order")
  t.is_false(checks.timely(d "2026-06-25", d "2026-07-01", span), "not in the future")
  t.is_false(checks.timely(nil, d "2026-06-01", span))
  local _, values = checks.timely(d "2026-06-01", nil, span)
  t.equal(tostring(values.days), "29 days")
end)

local jobs = { backup_runs = {} }
for i = 1, 10 do
  jobs.backup_runs[i] = { id = "r" .. i, job_id = "j", started_at = "2026-06-01T00:00:00Z", status = "success",
    bytes = i <= 4 and 7 or (i < 10 and i * 100 or nil) }
end

tests.not_stamped = judging(jobs, function(t, checks, isms)
  local first, last = isms.backup_runs[1], isms.backup_runs[10]
  t.is_true(checks.not_stamped(first, "backup_runs", "bytes", 50, 5))
  t.is_true(checks.not_stamped(first, "backup_runs", "bytes", 20, 20), "too few to judge")
  local ok, values = checks.not_stamped(first, "backup_runs", "bytes", 40, 5)
  t.is_false(ok)
  t.equal(values.n, 4)
  t.is_true(checks.not_stamped(isms.backup_runs[5], "backup_runs", "bytes", 40, 5))
  t.is_true(checks.not_stamped(last, "backup_runs", "bytes", 1, 1), "an empty field passes")
  t.is_false(checks.not_stamped(nil, "backup_runs", "bytes", 1, 1))
end)

tests.collected_and_fresh = judging({ accounts = {}, people = {} }, function(t, checks)
  t.equal(tostring(checks.collected "accounts"), "2026-05-16")
  t.equal(tostring(checks.collected "people"), "2026-06-30")
  t.is_true(checks.fresh("accounts", duration "45 d"))
  t.is_false(checks.fresh("accounts", duration "44 d"))
end, { collected_at = { accounts = "2026-05-16" } })

return tests
