-- The building blocks about classification, rights and premises.

local date = engine.time

local tests = {}

local function judging(records, fn, settings)
  return function(t)
    t.judging(records, settings or {}, function(checks, isms) fn(t, checks, isms) end)
  end
end

tests.levels_of_a_scheme = judging({ classification_levels = { { level = "Public", rank = 1 }, { level = "internal", rank = 2 }, { level = "secret",
  rank = 3 } } },
  function(t, checks)
    t.equal(checks.rank "SECRET", 3)
    t.is_nil(checks.rank "other")
    t.is_nil(checks.rank(nil))
    t.is_true(checks.known_level "public")
    t.is_false(checks.known_level "other")
    t.is_false(checks.sensitive "public")
    t.is_true(checks.sensitive "Internal")
    t.is_true(checks.sensitive "other", "what is no level may be anything")
    t.is_false(checks.sensitive(nil))
  end)

tests.sensitive_without_a_scheme = judging({}, function(t, checks)
  t.is_false(checks.sensitive "PUBLIC")
  t.is_true(checks.sensitive "internal")
  t.is_false(checks.sensitive(nil))
  t.is_nil(checks.rank "internal")
  t.equal(#engine.unsupplied(), 0)
end, { needs = { "classification_levels?" } })

local function grant(account, more)
  local made = { account_id = account, system = "CRM", entitlement = "Editor", granted_at = "2026-01-01T00:00:00Z" }
  for name, value in pairs(more or {}) do made[name] = value end
  return made
end

local rights = {
  accounts = {
    { id = "open", system = "CRM", kind = "human", privileged = false, status = "locked" },
    { id = "shut", system = "CRM", kind = "human", privileged = false, status = "disabled" },
  },
  access_grants = {
    grant "open", grant "shut", grant("open", { revoked_at = "2026-06-01T00:00:00Z" }), grant("open", { granted_at = "2026-07-01T10:00:00Z" }),
    grant("open", { expires_at = "2026-01-02T00:00:00Z" }), grant "nobody", grant("open", { entitlement = "viewer", system = "erp" }),
  },
  entitlements = { { id = "e1", system = "crm", entitlement = "EDITOR", privileged = false } },
}

tests.held = judging(rights, function(t, checks, isms)
  local g = isms.access_grants
  t.is_true(checks.held(g[1]))
  t.is_false(checks.held(g[2]), "a closed account")
  t.is_false(checks.held(g[3]))
  t.is_true(checks.held(g[3], date "2026-05-01"))
  t.is_false(checks.held(g[4]))
  t.is_true(checks.held(g[5]), "an expiry date alone ends nothing")
  t.is_false(checks.held(g[6]), "no such account")
  t.is_false(checks.held(nil))
  t.is_false(checks.held(g[1], nil))
end)

tests.catalogued = judging(rights, function(t, checks, isms)
  t.equal(checks.catalogued(isms.access_grants[1]).id, "e1")
  t.is_nil(checks.catalogued(isms.access_grants[7]))
  t.is_nil(checks.catalogued(nil))
end)

local function zone(id, more)
  local made = { id = id, name = id, site = "HQ", kind = "office", level = 2, status = "in_use" }
  for name, value in pairs(more or {}) do made[name] = value end
  return made
end

local zones = {
  zone "hq", zone("room", { parent_id = "hq", level = 3 }), zone("dc", { kind = "data_centre", supplier_id = "s" }),
  zone("cage", { parent_id = "dc", level = 4 }), zone("let", { supplier_id = "s" }), zone("old", { status = "closed", level = 4 }),
  zone("loop", { parent_id = "pool" }), zone("pool", { parent_id = "loop" }), zone("floor", { parent_id = "let" }),
}

tests.zones = judging({ physical_zones = zones }, function(t, checks, isms)
  local z = isms.physical_zones
  t.is_true(checks.ours(z["hq"]))
  t.is_true(checks.ours(z["room"]))
  t.is_false(checks.ours(z["cage"]), "in somebody else's data centre")
  t.is_false(checks.ours(z["let"]))
  t.is_true(checks.ours(z["floor"]), "a landlord around it is no data centre")
  t.is_false(checks.ours(z["old"]))
  t.is_false(checks.ours(nil))
  t.equal(#checks.around(z["room"]), 2)
  t.equal(#checks.around(z["loop"]), 2)
  t.equal(#checks.around(nil), 0)
  t.is_false(checks.nothing_ours())
  t.is_false(checks.nothing_restricted())
end)

tests.nothing_restricted = judging({ physical_zones = { zone "hq", zone("cage", { level = 4, supplier_id = "s" }) } }, function(t, checks)
  t.is_false(checks.nothing_ours())
  t.is_true(checks.nothing_restricted())
end)

tests.nothing_ours_by_the_register = judging({ physical_zones = {} }, function(t, checks)
  t.is_true(checks.nothing_ours())
  t.is_true(checks.nothing_restricted())
end, { organization = { has_premises = true } })

tests.nothing_ours_by_its_own_words = judging({}, function(t, checks)
  t.is_true(checks.nothing_ours())
  t.is_true(checks.nothing_restricted())
end, { organization = { has_premises = false }, needs = { "organization", "physical_zones?" } })

tests.nobody_knows_about_premises = judging({}, function(t, checks)
  t.is_false(checks.nothing_ours())
  t.is_false(checks.nothing_restricted())
end, { needs = { "organization", "physical_zones?" } })

local function entry(id, at, more)
  local made = { id = id, at = at, zone_id = "room", kind = "entry", person_id = "ann" }
  for name, value in pairs(more or {}) do
    if value == "none" then made[name] = nil else made[name] = value end
  end
  return made
end

tests.entitled = judging({
  physical_zones = zones,
  physical_grants = {
    { id = "g1", zone_id = "room", person_id = "ann", credential = "badge", credential_number = "7", granted_at = "2026-01-01T00:00:00Z",
      expires_at = "2026-03-01T00:00:00Z", revoked_at = "2026-02-01T00:00:00Z" },
    { id = "g2", zone_id = "room", credential = "badge", credential_number = "8", granted_at = "2026-01-01T00:00:00Z" },
  },
  visits = { { id = "v", kind = "visitor", visitor = "Guest", site = "HQ", zone_ids = { "room" }, badge_number = "9",
    arrived_at = "2026-04-01T08:00:00Z", left_at = "2026-04-01T12:00:00Z" } },
  physical_events = {
    entry("e1", "2026-01-15T00:00:00Z"), entry("e2", "2026-02-01T00:00:00Z"), entry("e3", "2025-12-31T00:00:00Z"),
    entry("e4", "2026-01-15T00:00:00Z", { zone_id = "hq" }), entry("e5", "2026-01-15T00:00:00Z", { person_id = "none", credential_number = "8" }),
    entry("e6", "2026-04-01T09:00:00Z", { person_id = "none", credential_number = "9" }),
    entry("e7", "2026-04-01T13:00:00Z", { person_id = "none", credential_number = "9" }), entry("e8", "2026-01-15T00:00:00Z", { person_id = "none" }),
  },
  people = { { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" } },
}, function(t, checks, isms)
  local expected = { e1 = true, e2 = false, e3 = false, e4 = false, e5 = true, e6 = true, e7 = false, e8 = false }
  for event in isms.physical_events:each() do t.equal(checks.entitled(event), expected[event.id], event.id) end
  t.is_false(checks.entitled(nil))
  local g = isms.physical_grants["g1"]
  t.is_true(checks.open_grant(g, date "2026-01-31"))
  t.is_false(checks.open_grant(g, date "2026-02-02"))
  t.is_false(checks.open_grant(nil, date "2026-02-02"))
  t.is_false(checks.open_grant(g, nil))
end)

return tests
