-- The building blocks about people.

local date = engine.time

local tests = {}

local people = {
  { id = "eve", name = "Eve", kind = "employee", start_date = "2015-01-01" },
  { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01", manager_id = "eve" },
  { id = "bob", name = "Bob", kind = "employee", start_date = "2019-01-01", end_date = "2026-03-31", manager_id = "eve" },
  { id = "new", name = "New", kind = "employee", start_date = "2026-07-01", manager_id = "ann" },
  { id = "cat", name = "Cat", kind = "contractor", start_date = "2021-01-01", manager_id = "ann", privileged = true },
}

local function with(more)
  local records = { people = people }
  for kind, list in pairs(more or {}) do records[kind] = list end
  return records
end

local function judging(records, fn, settings)
  return function(t)
    t.judging(records, settings or {}, function(checks, isms) fn(t, checks, isms) end)
  end
end

tests.engaged = judging(with(), function(t, checks, isms)
  local bob, new = isms.people["bob"], isms.people["new"]
  t.is_true(checks.engaged(isms.people["ann"]))
  t.is_false(checks.engaged(bob))
  t.is_true(checks.engaged(bob, date "2026-03-31"), "the last day counts")
  t.is_true(checks.engaged(bob, date "2026-03-31T23:00:00Z"))
  t.is_false(checks.engaged(new))
  t.is_true(checks.engaged(new, date "2026-07-01"))
  t.is_false(checks.engaged(nil))
  t.is_false(checks.engaged(isms.people["ann"], nil), "an empty date is not as_of")
  local _, values = checks.engaged(bob)
  t.equal(values.why, "Bob left on 2026-03-31")
  t.equal(values.other.id, "bob")
end)

tests.owned = judging(with { assets = {
  { id = "a", name = "A", type = "software", status = "in_use", owner = "ann" },
  { id = "b", name = "B", type = "software", status = "in_use", owner = "bob" },
  { id = "c", name = "C", type = "software", status = "in_use" },
  { id = "d", name = "D", type = "software", status = "in_use", owner = "nobody" },
} }, function(t, checks, isms)
  t.is_true(checks.owned(isms.assets["a"], "owner"))
  t.is_false(checks.owned(isms.assets["b"], "owner"))
  t.is_false(checks.owned(isms.assets["c"], "owner"))
  t.is_false(checks.owned(isms.assets["d"], "owner"), "a reference that leads nowhere is empty")
  t.is_false(checks.owned(nil, "owner"))
end)

tests.never_self = judging(with(), function(t, checks, isms)
  local ann, bob = isms.people["ann"], isms.people["bob"]
  t.is_true(checks.never_self(ann, bob))
  t.is_false(checks.never_self(ann, ann))
  t.is_true(checks.never_self(ann, nil), "an empty second one breaks nothing")
  t.is_false(checks.never_self(nil, bob), "nobody did it")
  t.is_false(checks.never_self("ann", ann), "keys and records are the same person")
  t.is_false(checks.never_self(ann, { bob, ann }))
  t.is_true(checks.never_self({ ann }, { bob }))
  t.is_false(checks.never_self({}, { bob }))
end)

tests.manager = judging(with(), function(t, checks, isms)
  t.is_true(checks.manager(isms.people["eve"]))
  t.is_true(checks.manager(isms.people["ann"]))
  t.is_false(checks.manager(isms.people["bob"]))
  t.is_false(checks.manager(nil))
end)

local roles = {
  { id = "ciso", title = "CISO", responsibilities = { "x" }, duties = { "isms_conformity" }, assigned_to = { "ann", "bob" } },
}
local top_role = { id = "ceo", title = "CEO", responsibilities = { "x" }, duties = { "top_management" }, assigned_to = { "bob" } }

tests.holders = judging(with { roles = roles }, function(t, checks)
  local found = checks.holders "isms_conformity"
  t.equal(#found, 1)
  t.equal(found[1].id, "ann")
  t.equal(#checks.holders("isms_conformity", date "2026-01-01"), 2)
  t.equal(#checks.holders "privacy", 0)
  t.equal(#checks.holders("isms_conformity", nil), 0)
end)

local function ids(list)
  local found = {}
  for i, person in ipairs(list) do found[i] = person.id end
  return found
end

tests.top_management_by_duty = judging(with { roles = { roles[1], top_role } }, function(t, checks, isms)
  t.equal(ids(checks.top_management(date "2026-01-01")), { "bob" })
  t.equal(ids(checks.top_management()), {}, "he left, and no board is there")
  t.is_true(checks.is_top_management(isms.people["bob"], date "2026-01-01"))
  t.is_false(checks.is_top_management(isms.people["eve"], date "2026-01-01"))
  t.is_false(checks.is_top_management(isms.people["bob"], nil))
  t.is_false(checks.is_top_management(nil, date "2026-01-01"))
end)

tests.top_management_without_the_duty = judging(with { roles = roles }, function(t, checks, isms)
  t.equal(ids(checks.top_management()), { "eve" })
  t.is_true(checks.is_top_management(isms.people["eve"]))
end)

tests.top_management_without_roles = judging(with(), function(t, checks)
  t.equal(ids(checks.top_management()), { "eve" })
  t.equal(#engine.unsupplied(), 0, "an optional kind that it does without is not read")
end, { needs = { "roles?" } })

tests.top_management_reads_roles_where_the_rule_requires_them = judging(with(), function(t, checks)
  checks.top_management()
  t.equal(require("gaps").taken().roles, true)
end, { needs = { "roles" } })

tests.nobody_leads = judging({ people = {} }, function(t, checks)
  t.equal(#checks.top_management(), 0)
  t.matches(require("context").lack, "nobody is known to have led")
end, { needs = { "roles?" } })

tests.an_absent_date_does_not_lack_evidence = judging({ people = {} }, function(t, checks)
  t.equal(#checks.top_management(nil), 0)
  t.is_false(require("context").lack)
end, { needs = { "roles?" } })

tests.reports_up = judging(with(), function(t, checks, isms)
  t.is_true(checks.reports_up(isms.people["eve"], 0))
  t.is_false(checks.reports_up(isms.people["ann"], 0))
  t.is_true(checks.reports_up(isms.people["ann"], 1))
  t.is_false(checks.reports_up(isms.people["cat"], 1))
  t.is_true(checks.reports_up(isms.people["cat"], 2))
  t.is_false(checks.reports_up(nil, 2))
  t.is_false(checks.reports_up(isms.people["ann"], 1, nil))
end, { needs = { "roles?" } })

tests.a_circle_of_managers_ends = judging({ people = {
  { id = "a", name = "A", kind = "employee", start_date = "2020-01-01", manager_id = "b" },
  { id = "b", name = "B", kind = "employee", start_date = "2020-01-01", manager_id = "a" },
  { id = "c", name = "C", kind = "board", start_date = "2020-01-01" },
} }, function(t, checks, isms)
  t.is_false(checks.reports_up(isms.people["a"], 1000))
end, { needs = { "roles?" } })

tests.trusted = judging(with { accounts = {
  { id = "1", system = "x", kind = "human", person_id = "ann", privileged = true, status = "locked" },
  { id = "2", system = "x", kind = "human", person_id = "bob", privileged = true, status = "disabled" },
  { id = "3", system = "x", kind = "service", person_id = "eve", privileged = true, status = "active" },
} }, function(t, checks, isms)
  t.is_true(checks.trusted(isms.people["cat"]))
  t.is_true(checks.trusted(isms.people["ann"]))
  t.is_false(checks.trusted(isms.people["bob"]))
  t.is_false(checks.trusted(isms.people["eve"]))
  t.is_false(checks.trusted(nil))
end)

return tests
