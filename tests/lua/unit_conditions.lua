-- The ready-made conditions: each holds, is broken, and meets what is absent; and what they say.

local make = require("conditions").make

local duration = engine.duration

local tests = {}

local people = {
  { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
  { id = "bob", name = "Bob", kind = "employee", start_date = "2020-01-01", end_date = "2026-06-01", manager_id = "ann" },
}
local vulnerability = { id = "v", identifier = "CVE", severity = "high", first_seen_at = "2026-01-01T00:00:00Z", status = "open" }

--- Judges a condition on a vulnerability with these fields: ok, why, values.
local function try(t, condition, more, settings)
  local record = {}
  for name, value in pairs(vulnerability) do record[name] = value end
  for name, value in pairs(more or {}) do record[name] = value end
  settings = settings or {}
  settings.params = settings.params or { days = "30 d", lookback = "365 d", n = 3, words = { "High", "critical" } }
  return t.judging({ people = people, vulnerabilities = { record }, assets = {} }, settings, function(_, isms, params)
    local ok, values = condition(isms.vulnerabilities[1], isms, params)
    return ok, values and values.why, values or {}
  end)
end

local function holds(t, condition, more, settings)
  local ok, why = try(t, condition, more, settings)
  t.is_true(ok, "expected it to hold: " .. tostring(why))
end

local function broken(t, condition, more, expected, settings)
  local ok, why, values = try(t, condition, more, settings)
  t.is_false(ok, "expected it to be broken")
  t.equal(why, expected)
  return values
end

function tests.filled(t)
  holds(t, make.filled "reason", { reason = "x" })
  t.equal(broken(t, make.filled "reason", {}, "reason is empty").absent, "reason")
  holds(t, make.filled "owner", { owner = "ann" })
  broken(t, make.filled "owner", { owner = "nobody" }, "owner is empty")
  holds(t, make.filled "known_exploited", { known_exploited = false })
  holds(t, make.filled "owner.manager", { owner = "bob" })
  broken(t, make.filled "owner.manager", { owner = "ann" }, "owner.manager is empty")
  broken(t, make.filled "owner.manager", {}, "owner.manager is empty")
  broken(t, make.filled "asset_id", { asset_id = "gone" }, "asset_id is empty")
end

function tests.not_blank(t)
  holds(t, make.not_blank "reason", { reason = " x " })
  broken(t, make.not_blank "reason", { reason = "  " }, "reason is empty")
  broken(t, make.not_blank "reason", {}, "reason is empty")
end

function tests.empty(t)
  holds(t, make.empty "reason")
  holds(t, make.empty "owner", { owner = "nobody" })
  broken(t, make.empty "reason", { reason = "x" }, "reason is filled: x")
end

function tests.flags(t)
  holds(t, make.is_true "known_exploited", { known_exploited = true })
  broken(t, make.is_true "known_exploited", { known_exploited = false }, "known_exploited is false")
  broken(t, make.is_true "known_exploited", {}, "known_exploited is empty")
  holds(t, make.is_false "known_exploited", { known_exploited = false })
  broken(t, make.is_false "known_exploited", { known_exploited = true }, "known_exploited is true")
  broken(t, make.is_false "known_exploited", {}, "known_exploited is empty")
end

function tests.one_of(t)
  holds(t, make.one_of("status", "fixed", "open"))
  holds(t, make.one_of("severity", "words"), nil)
  holds(t, make.one_of("severity", { "high" }))
  broken(t, make.one_of("status", "fixed"), {}, "status is open")
  broken(t, make.one_of("tool", "x"), {}, "tool is empty")
  holds(t, make.one_of("tool", "My Tool"), { tool = "my_tool" })
  t.raises(function() make.one_of "status" end, "one_of needs words")
end

function tests.none_of(t)
  holds(t, make.none_of("status", "fixed"))
  holds(t, make.none_of("tool", "x"))
  broken(t, make.none_of("status", "open"), {}, "status is open")
end

function tests.at_least_and_at_most(t)
  holds(t, make.at_least("cvss", 7), { cvss = 7 })
  holds(t, make.at_least("cvss", "n"), { cvss = 3 })
  broken(t, make.at_least("cvss", "n"), { cvss = 2.5 }, "cvss is 2.5, at least 3 is expected")
  broken(t, make.at_least("cvss", 1), {}, "cvss is empty")
  holds(t, make.at_most("cvss", function() return 7 end), { cvss = 7 })
  broken(t, make.at_most("cvss", 7), { cvss = 8 }, "cvss is 8, at most 7 is allowed")
  broken(t, make.at_most("cvss", 7), {}, "cvss is empty")
  t.raises(function() make.at_most "cvss" end, "at_most needs a limit")
end

function tests.owned_and_engaged(t)
  holds(t, make.owned "owner", { owner = "ann" })
  local values = broken(t, make.owned "owner", { owner = "bob" }, "owner: Bob left on 2026-06-01")
  t.is_true(values.other ~= nil)
  broken(t, make.owned "owner", {}, "owner is empty")
  holds(t, make.engaged("owner", "fixed_at"), { owner = "bob", fixed_at = "2026-05-01T00:00:00Z" })
  broken(t, make.engaged("owner", "fixed_at"), { owner = "bob", fixed_at = "2026-06-02T00:00:00Z" }, "owner: Bob left on 2026-06-01")
  broken(t, make.engaged("owner", "fixed_at"), { owner = "bob" }, "fixed_at is empty")
  broken(t, make.engaged "owner", { owner = "bob" }, "owner: Bob left on 2026-06-01")
end

function tests.within_and_in_period(t)
  holds(t, make.within("decided_at", "days"), { decided_at = "2026-05-31" })
  local values = broken(t, make.within("decided_at", "days"), { decided_at = "2026-05-15" }, "decided_at is 2026-05-15, 46 days ago")
  t.equal(tostring(values.limit), "30 days")
  t.equal(math.floor(values.overdue * 100), 53)
  broken(t, make.within("decided_at", "days"), { decided_at = "2026-07-01" }, "decided_at lies in the future: 2026-07-01")
  broken(t, make.within("decided_at", "days"), {}, "decided_at is empty")
  holds(t, make.within("decided_at", "60 d"), { decided_at = "2026-05-15" })
  holds(t, make.within("decided_at", duration "60 d"), { decided_at = "2026-05-15" })
  holds(t, make.in_period "decided_at", { decided_at = "2025-06-30" })
  broken(t, make.in_period "decided_at", { decided_at = "2025-06-29" }, "decided_at is 2025-06-29, 366 days ago")
  t.raises(function() try(t, make.within("decided_at", "dayz"), { decided_at = "2026-05-31" }) end, "no param `dayz`; did you mean `days`")
end

function tests.reviewed_within(t)
  local condition = make.reviewed_within("decided_at", "due_at", "days")
  holds(t, condition, { decided_at = "2020-01-01", due_at = "2026-06-01" })
  holds(t, condition, { decided_at = "2026-06-01" })
  broken(t, condition, { decided_at = "2026-01-01", due_at = "2026-05-01" }, "due_at is 2026-05-01, 60 days ago")
  broken(t, condition, {}, "decided_at is empty")
end

function tests.orders(t)
  local fields = { decided_at = "2026-02-01", due_at = "2026-03-01" }
  holds(t, make.in_order("decided_at", "fix_available_at", "due_at"), fields)
  holds(t, make.in_order("decided_at", "fix_available_at"))
  broken(t, make.in_order("due_at", "decided_at"), fields, "decided_at 2026-02-01 comes before due_at 2026-03-01")
  holds(t, make.not_future("decided_at", "due_at"), fields)
  broken(t, make.not_future("decided_at", "due_at"), { due_at = "2026-07-01" }, "due_at lies in the future: 2026-07-01")
  holds(t, make.follows("decided_at", "due_at"), fields)
  broken(t, make.follows("due_at", "decided_at"), fields, "decided_at 2026-02-01 comes before due_at 2026-03-01")
  broken(t, make.follows("decided_at", "due_at"), { decided_at = "2026-02-01" }, "due_at is empty")
  broken(t, make.follows("decided_at", "due_at"), { due_at = "2026-02-01" }, "decided_at is empty")
end

function tests.from_to(t)
  local condition = make.from_to("due_at", "decided_at", "days")
  holds(t, condition, { decided_at = "2026-02-01", due_at = "2026-03-03" })
  broken(t, condition, { decided_at = "2026-02-01", due_at = "2026-03-04" }, "due_at 2026-03-04 is later than 30 days after decided_at")
  broken(t, condition, { decided_at = "2026-02-01", due_at = "2026-01-31" }, "due_at 2026-01-31 comes before decided_at 2026-02-01")
  broken(t, condition, { decided_at = "2026-02-01" }, "due_at is empty")
  broken(t, condition, { due_at = "2026-02-01" }, "decided_at is empty")
end

function tests.timely(t)
  local condition = make.timely("decided_at", "fix_available_at", "days")
  holds(t, condition, { decided_at = "2026-02-01", fix_available_at = "2026-03-03" })
  holds(t, condition, { decided_at = "2026-06-01" })
  broken(t, condition, { decided_at = "2026-02-01", fix_available_at = "2026-03-04" }, "fix_available_at came after 31 days, allowed are 30 days")
  t.equal(broken(t, condition, { decided_at = "2026-05-01" }, "fix_available_at is empty after 60 days, allowed are 30 days").absent, "fix_available_at")
  broken(t, condition, { fix_available_at = "2026-03-04" }, "decided_at is empty")
  holds(t, make.timely("decided_at", "fix_available_at", function() return duration "90 d" end), { decided_at = "2026-05-01" })
end

function tests.never_self(t)
  local condition = make.never_self("decided_by", "owner")
  holds(t, condition, { decided_by = "ann", owner = "bob" })
  holds(t, condition, { decided_by = "ann" })
  holds(t, condition, { decided_by = "ann", owner = "nobody" })
  broken(t, condition, { decided_by = "ann", owner = "ann" }, "decided_by is also owner")
  broken(t, condition, { owner = "ann" }, "decided_by is empty")
  broken(t, condition, { decided_by = "nobody", owner = "ann" }, "decided_by is empty")
  broken(t, make.never_self("owner", "owner.manager"), { owner = "nobody" }, "owner is empty")
  holds(t, make.never_self("owner", "owner.manager"), { owner = "bob" })
end

function tests.same_and_differs(t)
  holds(t, make.same("decided_by", "owner"), { decided_by = "ann", owner = "ann" })
  broken(t, make.same("decided_by", "owner"), { decided_by = "ann", owner = "bob" }, "decided_by is Ann, owner is Bob")
  broken(t, make.same("decided_by", "owner"), { decided_by = "ann" }, "owner is empty")
  holds(t, make.differs("reason", "title"), { reason = "x", title = "y" })
  broken(t, make.differs("reason", "title"), { reason = "X Y", title = "x_y" }, "reason is the same as title")
  broken(t, make.differs("reason", "title"), { title = "x" }, "reason is empty")
end

function tests.substantive(t)
  holds(t, make.substantive "reason", { reason = "we looked and it is harmless" })
  broken(t, make.substantive "reason", { reason = "tbd" }, "reason says nothing: it has 1 words, expected are 4")
  broken(t, make.substantive "reason", {}, "reason is empty")
  broken(t, make.substantive "reason", { reason = "One two three four", title = "one two three four" }, "reason says nothing: it only repeats the title")
end

function tests.any_of_all_of_given(t)
  local fixed, owned = make.filled "fixed_at", make.owned "owner"
  holds(t, make.any_of(fixed, owned), { owner = "ann" })
  broken(t, make.any_of(fixed, owned), { owner = "bob" }, "fixed_at is empty, and owner: Bob left on 2026-06-01")
  holds(t, make.all_of(make.filled "tool", owned), { tool = "x", owner = "ann" })
  broken(t, make.all_of(make.filled "tool", owned), { owner = "ann" }, "tool is empty")
  local condition = make.given(make.one_of("status", "fixed"), fixed, make.filled "tool")
  holds(t, condition)
  broken(t, condition, { status = "fixed" }, "fixed_at is empty")
  holds(t, make.given(function() return false end, fixed))
  t.raises(function() make.any_of("x") end, "any_of takes conditions; its argument 1 is a string")
  t.raises(function() make.given(fixed) end, "given needs a condition behind")
end

function tests.says(t)
  local values = broken(t, make.says("late", make.filled "tool"), {}, "tool is empty")
  t.equal(values.named, { "late" })
  values = broken(t, make.says("outer", make.says("inner", make.filled "tool")), {}, "tool is empty")
  t.equal(values.named, { "outer", "inner" })
  holds(t, make.says("late", make.filled "tool"), { tool = "x" })
  t.raises(function() make.says("late") end, "says needs a condition")
  t.raises(function() make.says(make.filled "tool") end, "says begins with a name")
end

function tests.not_stamped(t)
  local runs = {}
  for i = 1, 8 do
    runs[i] = { id = "r" .. i, job_id = i <= 4 and "a" or "b", kind = i == 4 and "log" or "full", started_at = "2026-06-01T00:00:00Z", status = "success",
      bytes = i <= 4 and 1 or i }
  end
  t.judging({ backup_runs = runs }, { params = { share = 50, min = 3 } }, function(_, isms, params)
    require("context").population = isms.backup_runs
    local function count(condition)
      local n = 0
      for run in isms.backup_runs:each() do
        if not condition(run, isms, params) then n = n + 1 end
      end
      return n
    end
    t.equal(count(make.not_stamped("backup_runs", "bytes", "share", "min")), 0, "4 of 8")
    t.equal(count(make.not_stamped("backup_runs", "bytes", 49, "min")), 4)
    t.equal(count(make.not_stamped({ same = "job_id" }, "bytes", "share", "min")), 4, "all of job a")
    t.equal(count(make.not_stamped({ kind = "full", same = "job_id" }, "bytes", "share", "min")), 3)
    t.equal(count(make.not_stamped({ kind = "full", same = "job_id" }, "bytes", "share", 4)), 0)
    t.equal(count(make.not_stamped(function(run, all) return all.backup_runs:where { job_id = run.job_id }, run.job_id end, "bytes", "share", "min")), 4)
  end)
end

function tests.members_of_several_records(t)
  t.judging({ people = people, assets = {} }, {}, function(_, isms, params)
    local member = { record = isms.people["bob"], boss = isms.people["ann"] }
    t.is_true(make.filled "boss.start_date"(member, isms, params))
    t.is_true(make.filled "end_date"(member, isms, params))
    t.is_false(make.filled "boss.end_date"(member, isms, params))
    t.is_true(make.same("boss", "manager_id")(member, isms, params))
    t.is_false(make.filled "department"({ key = "x", members = isms.people }, isms, params))
  end)
end

function tests.optional_kinds_are_left_out(t)
  local gaps = require "gaps"
  local function judge(condition)
    return t.judging({ vulnerabilities = { vulnerability } }, { needs = { "changes?", "people" } }, function(_, isms, params)
      gaps.clear()
      local ok = condition(isms.vulnerabilities[1], isms, params)
      local required, optional = gaps.taken()
      return ok, next(required), next(optional)
    end)
  end
  local function change(_, isms) return isms.changes:any() end
  local function no() return false end
  local function yes() return true end
  local function check(condition, ok, optional)
    local got, required, left = judge(condition)
    t.is_nil(required)
    t.equal(got, ok)
    t.equal(left, optional)
  end
  check(change, false, "changes")
  check(make.any_of(change, no), false, nil)
  check(make.any_of(change, yes), true, nil)
  check(make.any_of(change, change), true, "changes")
  check(make.all_of(change, yes), true, nil)
  check(make.all_of(change, no), false, nil)
  check(make.given(yes, change), true, "changes")
  check(make.any_of(no, make.all_of(change, change)), false, nil)
  check(function(_, isms) return isms.changes.supplied end, false, nil)
end

return tests
