-- The building blocks about registers that must agree, actions, and results of risk and audit.

local duration = engine.duration

local tests = {}

local function judging(records, fn, settings)
  return function(t)
    t.judging(records, settings or {}, function(checks, isms) fn(t, checks, isms) end)
  end
end

local function asset(id, more)
  local made = { id = id, name = "Asset " .. id, type = "software", status = "in_use" }
  for name, value in pairs(more or {}) do made[name] = value end
  return made
end

local function risk(id, assets, status)
  return { id = id, title = id, asset_ids = assets, likelihood = 1, impact = 1, treatment = "modify", assessed_at = "2026-01-01", status = status or "open" }
end

tests.covers_by_reference = judging({ assets = { asset "a", asset "b" }, risks = { risk("r1", { "a" }, "closed"), risk("r2", { "a", "x" }) } },
  function(t, checks, isms)
    local ok, record = checks.covers(isms.assets["a"], isms.risks, "asset_ids")
    t.is_true(ok)
    t.equal(record.id, "r1")
    ok, record = checks.covers(isms.assets["a"], isms.risks:where { status = "open" }, "asset_ids")
    t.is_true(ok)
    t.equal(record.id, "r2")
    t.is_true(checks.covers(isms.assets["a"], "risks", "asset_ids"))
    t.is_true(checks.covers(isms.assets["a"], { isms.risks[2] }, "asset_ids"), "plain lists, too")
    t.is_true(checks.covers("a", { isms.risks[2] }, "asset_ids"))
    t.is_false(checks.covers(isms.assets["b"], isms.risks, "asset_ids"))
    t.is_false(checks.covers(isms.assets["b"], { isms.risks[2] }, "asset_ids"))
    t.is_false(checks.covers(nil, isms.risks, "asset_ids"))
    t.is_false(checks.covers(isms.assets["a"], isms.risks:where { status = "accepted" }, "asset_ids"))
  end)

tests.covers_by_word = judging({
  accounts = { { id = "1", system = "My CRM", kind = "human", privileged = false, status = "active" } },
  assets = { asset("x", { name = "my_crm" }) },
  soa = { { control = "A.5.1", applicable = true, justification = "x", reasons = { "Risk" } } },
}, function(t, checks, isms)
  t.is_true(checks.covers("My CRM", isms.assets, "name"))
  t.is_false(checks.covers("ERP", isms.assets, "name"))
  t.is_true(checks.covers("risk", isms.soa, "reasons"), "an item of a list")
  t.is_true(checks.covers(isms.accounts[1], isms.accounts, "system"), "a record by its own field")
end)

local function improvement(id, status, more)
  local made = { id = id, title = id, source = "risk", raised_at = "2026-01-01", status = status }
  for name, value in pairs(more or {}) do made[name] = value end
  return made
end

local actions = {
  improvements = { improvement("i1", "done", { completed_at = "2026-02-01" }), improvement("i2", "rejected"), improvement("i3", "in_progress"),
    improvement("all", "done", { completed_at = "2026-02-01" }) },
  nonconformities = { { id = "n1", source = "incident", grade = "minor", description = "d", raised_at = "2026-01-01", closed_at = "2026-07-01",
    status = "closed" } },
  treatments = { { id = "t1", risk_id = "r", action = "a", due_at = "2026-07-01", status = "planned" }, { id = "t2", risk_id = "r", action = "a",
    due_at = "2026-06-01", status = "planned" } },
}
local N = { needs = { "improvements?", "nonconformities?", "treatments?", "changes?" } }

tests.action = judging(actions, function(t, checks, isms)
  t.equal(checks.action("n1").id, "n1")
  t.equal(checks.action("all").id, "all", "also where the key is the name of a method")
  t.equal(checks.action(isms.improvements["i1"]).id, "i1")
  t.is_nil(checks.action "x")
  t.is_nil(checks.action(nil))
end, N)

tests.action_where_nothing_is_supplied = judging({}, function(t, checks)
  t.equal(checks.action("TICKET-1").status, "open")
  t.is_nil(checks.action "  ")
  t.is_true(checks.followed_up { "TICKET-1" })
  t.is_false(checks.finished { "TICKET-1" })
  t.equal(#engine.unsupplied(), 0)
end, N)

tests.on_track = judging(actions, function(t, checks)
  local function on_track(id) return checks.on_track(checks.action(id)) end
  t.is_true(on_track "i1")
  t.is_false(on_track "i2", "given up")
  t.is_false(on_track "i3", "neither ended nor due")
  t.is_false(on_track "n1", "ends only in the future")
  t.is_true(on_track "t1")
  t.is_false(on_track "t2")
  t.is_false(on_track "x")
end, N)

tests.followed_up = judging(actions, function(t, checks)
  t.is_true(checks.followed_up { "x", "i3" })
  t.is_false(checks.followed_up { "x", "i2" })
  t.is_false(checks.followed_up {})
  t.is_false(checks.followed_up(nil))
end, N)

tests.finished = judging(actions, function(t, checks)
  t.is_true(checks.finished { "i1", "i2" }, "what was given up is left aside")
  t.is_false(checks.finished { "i1", "i3" })
  t.is_false(checks.finished { "n1" })
  t.is_false(checks.finished { "i2" })
  t.is_false(checks.finished(nil))
  local _, values = checks.finished { "i1", "i3", "t1" }
  t.equal(#values.ids, 2)
end, N)

tests.risk_scores = judging({ risks = { risk("r1", {}) } }, function(t, checks, isms)
  t.equal(checks.inherent(isms.risks["r1"]), 20)
  t.equal(checks.derived_residual(isms.risks["r1"]), 8)
  t.equal(checks.derived_residual "r1", 8)
  t.is_nil(checks.derived_residual "r2")
  t.is_nil(checks.inherent(nil))
end, { risks = { r1 = { inherent = { score = 20 }, residual = { score = 8 } } } })

tests.effectiveness = judging({}, function(t, checks)
  t.equal(checks.effectiveness "A.1", 1)
  t.equal(checks.effectiveness "A.2", 0.6)
  t.equal(checks.effectiveness "A.3", 0)
  t.equal(checks.effectiveness "A.9", 0)
  t.is_true(checks.evaluated "A.1")
  t.is_true(checks.evaluated "A.3")
  t.is_false(checks.evaluated "A.4")
  t.is_false(checks.evaluated "A.9")
end, { results = {
  ["A.1"] = { status = "effective", score = 95 }, ["A.2"] = { status = "partially_effective", score = 60 }, ["A.3"] = { status = "ineffective", score = 30 },
  ["A.4"] = { status = "exception", score = 30, credit = 0 },
} })

local function audit(id, kind, status, completed, scope)
  return { id = id, title = id, kind = kind, status = status, completed_at = completed, scope = scope, planned_at = "2026-01-01" }
end

tests.assessed_scope = judging({ audits = {
  audit("a", "internal", "completed", "2026-01-01", { "4", "A.5" }), audit("b", "internal", "completed", "2020-01-01", { "5" }),
  audit("c", "internal", "planned", "2026-01-01", { "6" }), audit("d", "customer", "completed", "2026-01-01", { "7" }),
  audit("e", "internal", "completed", "2026-02-01", { "A.5", "8" }), audit("f", "internal", "completed", "2026-07-01", { "9" }),
} }, function(t, checks)
  t.equal(checks.assessed_scope("internal", duration "365 d"), { "4", "A.5", "8" })
  t.equal(checks.assessed_scope("supplier", duration "365 d"), {})
end)

return tests
