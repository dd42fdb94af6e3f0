-- Residual risk: the worked example, the properties that any residual must have, and what risks.derive makes of registers.

local axis_evidence = require "risk.axis_evidence"
local catalog = require "catalog"
local risks = require "risks"

local PARAMS = { strength = 0.50, cap = 0.80, bands = { { level = "low", upto = 4 }, { level = "medium", upto = 9 },
  { level = "high", upto = 16 }, { level = "critical", upto = 25 } } }
local CASES = 400

--- A small generator with a fixed seed: the same cases everywhere.
local function generator(seed)
  local state = seed
  local function next_number()
    state = (state * 1103515245 + 12345) % 2147483648
    return state / 2147483648
  end
  local function upto(n) return math.floor(next_number() * n) + 1 end
  return next_number, upto
end

local AXES = { "likelihood", "impact", "both" }

local function random_case(random, upto)
  local risk = { likelihood = upto(5), impact = upto(5) }
  local links = {}
  for i = 1, upto(7) - 1 do
    links[i] = { control = "A.8." .. i, axis = AXES[upto(3)], strength = upto(4) > 1 and random() or nil, effectiveness = random(),
      status = "partially_effective" }
  end
  return risk, links
end

local function copy(links)
  local out = {}
  for i, link in ipairs(links) do
    out[i] = { control = link.control, axis = link.axis, strength = link.strength, effectiveness = link.effectiveness, status = link.status }
  end
  return out
end

local function residual(risk, links)
  return axis_evidence.model(risk, links, PARAMS)
end

local function r012(restore)
  return { likelihood = 4, impact = 5 }, {
    { control = "A.8.7", axis = "both", strength = 0.40, effectiveness = 1, status = "effective" },
    { control = "A.8.8", axis = "likelihood", strength = 0.50, effectiveness = 0.60, status = "partially_effective" },
    { control = "A.6.3", axis = "likelihood", strength = 0.25, effectiveness = 0.88, status = "partially_effective" },
    { control = "A.8.13", axis = "impact", strength = 0.60, effectiveness = restore and 1 or 0,
      status = restore and "effective" or "insufficient_evidence" },
  }
end

-- ---- registers for risks.derive ----

local CATALOG = {
  { id = "6.1.2", kind = "clause", title = "Information security risk assessment" },
  { id = "A.6.3", kind = "control", theme = "people", title = "Awareness", control_type = { "preventive" } },
  { id = "A.8.7", kind = "control", theme = "technological", title = "Malware", control_type = { "preventive", "detective", "corrective" } },
  { id = "A.8.8", kind = "control", theme = "technological", title = "Vulnerabilities", control_type = { "preventive" } },
  { id = "A.8.13", kind = "control", theme = "technological", title = "Backup", control_type = { "corrective" } },
}

local RESULTS = {
  ["A.8.7"] = { id = "A.8.7", status = "effective", score = 100, credit = 1 },
  ["A.8.8"] = { id = "A.8.8", status = "partially_effective", score = 60, credit = 0.6 },
  ["A.6.3"] = { id = "A.6.3", status = "partially_effective", score = 88, credit = 0.88 },
  ["A.8.13"] = { id = "A.8.13", status = "insufficient_evidence", credit = 0 },
}

local function with(risk, extra)
  local out = { id = "R-012", title = "Ransomware on the file servers", likelihood = 4, impact = 5, treatment = "modify", assessed_at = "2026-03-01",
    status = "open" }
  for name, value in pairs(risk or {}) do out[name] = value end
  local documents = { { kind = "risks", path = "registers/risks.yaml", records = { out } } }
  for kind, records in pairs(extra or {}) do
    documents[#documents + 1] = { kind = kind, path = "registers/" .. kind .. ".yaml", records = records }
  end
  table.sort(documents, function(a, b) return a.path < b.path end)
  return { as_of = "2026-06-30", documents = documents }
end

local function derive(risk, extra, results)
  catalog.set(CATALOG)
  local _, answer = engine.with_model(with(risk, extra), function() return risks.derive { results = results or RESULTS } end)
  return answer.risks[1], answer
end

local ROWS = {
  { risk_id = "R-012", control = "A.8.7", strength = 0.40 },
  { risk_id = "R-012", control = "A.8.8", strength = 0.50 },
  { risk_id = "R-012", control = "A.6.3", strength = 0.25 },
  { risk_id = "R-012", control = "A.8.13", strength = 0.60 },
}

local function line_of(risk, control)
  for _, line in ipairs(risk.explain) do
    if line.control == control then return line end
  end
  return nil
end

local tests = {}

-- ---- the model ----

function tests.worked_example_before_the_restore_test(t)
  local made = residual(r012(false))
  t.equal(made.likelihood, 2)
  t.equal(made.impact, 4)
  t.equal(made.score, 8)
  t.equal(made.level, "medium")
  t.equal(made.raw, 6.74)
  local likelihood, impact = made.explain[5], made.explain[6]
  t.equal(likelihood.axis, "likelihood")
  t.equal(likelihood.reduction, 0.6724)
  t.equal(likelihood.raw, 1.98)
  t.equal(impact.reduction, 0.4)
  t.equal(impact.raw, 3.4)
end

function tests.worked_example_after_the_restore_test(t)
  local made = residual(r012(true))
  t.equal(made.likelihood, 2)
  t.equal(made.impact, 2)
  t.equal(made.score, 4)
  t.equal(made.level, "low")
  t.equal(made.explain[6].reduction, 0.76)
  t.equal(made.explain[6].raw, 1.96)
end

function tests.explains_every_factor(t)
  local _, links = r012(false)
  local made = residual({ likelihood = 4, impact = 5 }, links)
  t.equal(#made.explain, #links + 2)
  t.equal(made.explain[1].control, "A.6.3")
  t.equal(made.explain[1].factor, 0.78)
  t.equal(made.explain[2].text, "A.8.13 counts for nothing: insufficient evidence")
  for _, line in ipairs(made.explain) do t.is_true(type(line.text) == "string" and line.text ~= "") end
end

function tests.never_above_inherent_never_below_one(t)
  local random, upto = generator(1)
  for _ = 1, CASES do
    local risk, links = random_case(random, upto)
    local made = residual(risk, links)
    t.is_true(made.score <= risk.likelihood * risk.impact)
    t.is_true(made.likelihood >= 1 and made.impact >= 1)
    t.is_true(made.raw <= made.score + 0.005)
  end
end

function tests.no_links_leave_the_inherent_risk(t)
  for likelihood = 1, 5 do
    for impact = 1, 5 do
      local made = residual({ likelihood = likelihood, impact = impact }, {})
      t.equal(made.score, likelihood * impact)
      t.equal(made.raw, likelihood * impact)
    end
  end
end

function tests.one_more_control_never_raises(t)
  local random, upto = generator(2)
  for _ = 1, CASES do
    local risk, links = random_case(random, upto)
    local before = residual(risk, links)
    local more = copy(links)
    more[#more + 1] = { control = "A.9." .. upto(9), axis = AXES[upto(3)], strength = random(), effectiveness = random(), status = "partially_effective" }
    local after = residual(risk, more)
    t.is_true(after.score <= before.score)
    t.is_true(after.raw <= before.raw)
  end
end

function tests.a_better_control_never_raises(t)
  local random, upto = generator(3)
  for _ = 1, CASES do
    local risk, links = random_case(random, upto)
    if #links > 0 then
      local before = residual(risk, links)
      local better = copy(links)
      local link = better[upto(#better)]
      link.effectiveness = link.effectiveness + (1 - link.effectiveness) * random()
      local after = residual(risk, better)
      t.is_true(after.score <= before.score)
      t.is_true(after.raw <= before.raw)
    end
  end
end

function tests.a_stronger_control_never_raises(t)
  local random, upto = generator(4)
  for _ = 1, CASES do
    local risk, links = random_case(random, upto)
    if #links > 0 then
      local stronger = copy(links)
      local link = stronger[upto(#stronger)]
      local strength = link.strength or 0.5
      link.strength = strength + (1 - strength) * random()
      t.is_true(residual(risk, stronger).score <= residual(risk, links).score)
    end
  end
end

function tests.a_higher_inherent_risk_never_lowers(t)
  local random, upto = generator(5)
  for _ = 1, CASES do
    local risk, links = random_case(random, upto)
    local higher = { likelihood = math.min(5, risk.likelihood + 1), impact = risk.impact }
    t.is_true(residual(higher, links).score >= residual(risk, links).score)
  end
end

function tests.order_is_irrelevant(t)
  local random, upto = generator(6)
  for _ = 1, CASES do
    local risk, links = random_case(random, upto)
    local shuffled = copy(links)
    for i = #shuffled, 2, -1 do
      local j = upto(i)
      shuffled[i], shuffled[j] = shuffled[j], shuffled[i]
    end
    local a, b = residual(risk, links), residual(risk, shuffled)
    t.equal(a.score, b.score)
    t.equal(a.raw, b.raw)
    t.equal(#a.explain, #b.explain)
    for i = 1, #a.explain do t.equal(a.explain[i].text, b.explain[i].text) end
  end
end

function tests.the_cap_leaves_a_floor(t)
  local links = {}
  for i = 1, 30 do links[i] = { control = "A.8." .. i, axis = "both", strength = 1, effectiveness = 1, status = "effective" } end
  local made = residual({ likelihood = 5, impact = 5 }, links)
  t.equal(made.likelihood, 2)
  t.equal(made.impact, 2)
  t.equal(made.score, 4)
  t.equal(made.raw, 3.24)
  t.equal(made.explain[31].reduction, 0.8)
  local random, upto = generator(7)
  for _ = 1, CASES do
    local risk, some = random_case(random, upto)
    local capped = residual(risk, some)
    t.is_true(capped.raw >= (1 + (risk.likelihood - 1) * 0.2) * (1 + (risk.impact - 1) * 0.2) - 0.005)
  end
end

function tests.the_model_changes_nothing_that_it_is_given(t)
  local risk, links = r012(false)
  residual(risk, links)
  t.equal(links[1].control, "A.8.7")
  t.equal(links[3].control, "A.6.3")
  t.equal(risk.likelihood, 4)
end

-- ---- registers ----

function tests.derives_the_worked_example_from_registers(t)
  local risk, answer = derive({ stated_residual = 6 }, { risk_controls = ROWS })
  t.equal(answer.model, "axis_evidence")
  t.equal(risk.inherent.score, 20)
  t.equal(risk.inherent.level, "critical")
  t.equal(risk.residual.score, 8)
  t.equal(risk.residual.level, "medium")
  t.equal(risk.residual.raw, 6.74)
  t.equal(risk.stated, 6)
  t.equal(risk.understated, false)
  t.equal(risk.document, "registers/risks.yaml")
end

function tests.says_what_a_control_would_bring(t)
  local risk = derive(nil, { risk_controls = ROWS })
  local backup
  for _, change in ipairs(risk.what_if) do
    if change.control == "A.8.13" then backup = change end
  end
  t.equal(backup.score, 4)
  t.equal(backup.level, "low")
  t.equal(backup.fall, 4)
  for _, change in ipairs(risk.what_if) do t.is_true(change.control ~= "A.8.7") end
end

function tests.listed_controls_have_the_default_strength_and_axis(t)
  local risk = derive({ controls = { "A.8.8", "A.8.7", "A.8.8" } })
  local patching = line_of(risk, "A.8.8")
  t.equal(patching.axis, "likelihood")
  t.equal(patching.strength, 0.5)
  t.equal(line_of(risk, "A.8.7").axis, "both")
  local n = 0
  for _, line in ipairs(risk.explain) do
    if line.control == "A.8.8" then n = n + 1 end
  end
  t.equal(n, 1)
end

function tests.control_effect_and_rows_set_the_axis(t)
  local risk = derive({ controls = { "A.8.8", "A.8.7" }, control_effect = "Impact" },
    { risk_controls = { { risk_id = "R-012", control = "A.8.7", axis = "likelihood" } } })
  t.equal(line_of(risk, "A.8.8").axis, "impact")
  t.equal(line_of(risk, "A.8.7").axis, "likelihood")
end

function tests.naming_a_control_twice_does_not_count_twice(t)
  local once = derive(nil, { risk_controls = { { risk_id = "R-012", control = "A.8.7", strength = 0.5 } } })
  local twice = derive(nil, { risk_controls = { { risk_id = "R-012", control = "A.8.7", strength = 0.5 },
    { risk_id = "R-012", control = "A.8.7", strength = 0.3 } } })
  t.equal(twice.residual.raw, once.residual.raw)
end

function tests.planned_controls_count_for_the_target_only(t)
  local risk = derive(nil, { risk_controls = { { risk_id = "R-012", control = "A.8.13", strength = 0.6, planned = true } } })
  t.equal(risk.residual.score, 20)
  t.equal(risk.target.score, 4 * 3)
  t.equal(line_of(risk, "A.8.13").planned, true)
end

function tests.what_is_not_applicable_unknown_or_a_clause_counts_for_nothing(t)
  local results = { ["A.8.7"] = { id = "A.8.7", status = "not_applicable", credit = 0 } }
  local risk = derive({ controls = { "A.8.7", "A.8.8", "6.1.2", "A.99" } }, nil, results)
  t.equal(risk.residual.score, 20)
  t.is_true(line_of(risk, "A.8.7").text:find("not applicable", 1, true) ~= nil)
  t.equal(line_of(risk, "A.8.8").status, "not_evaluated")
  t.is_true(line_of(risk, "6.1.2").text:find("clause", 1, true) ~= nil)
  t.is_true(line_of(risk, "A.99").text:find("no control", 1, true) ~= nil)
end

function tests.sharing_lowers_the_impact_only(t)
  local risk = derive({ treatment = "share" }, { risk_controls = ROWS })
  t.equal(risk.residual.likelihood, 4)
  t.equal(risk.residual.impact, 4)
  t.equal(line_of(risk, "A.8.7").axis, "impact")
end

function tests.avoided_and_closed_leaves_nothing(t)
  local closed = derive({ treatment = "avoid", status = "closed" }, { risk_controls = ROWS })
  t.equal(closed.residual.score, 0)
  t.equal(closed.residual.level, "none")
  local still = derive({ treatment = "avoid" }, { risk_controls = ROWS })
  t.equal(still.residual.score, 8)
end

function tests.retained_needs_an_acceptance(t)
  local none = derive { treatment = "retain" }
  t.equal(none.residual.score, 20)
  t.equal(none.acceptance.required, true)
  t.equal(none.acceptance.state, "none")
end

function tests.levels_appetite_and_understatement(t)
  local criteria = { { method = "axis_evidence", appetite = 4, tolerance = 16 } }
  local risk, answer = derive({ stated_residual = 4 }, { risk_controls = ROWS, risk_criteria = criteria })
  t.equal(risk.stated_level, "low")
  t.equal(risk.understated, true)
  t.equal(risk.above_appetite, true)
  t.equal(risk.above_tolerance, false)
  t.equal(answer.criteria.appetite, 4)
  t.equal(answer.criteria.bands[2].upto, 9)
end

function tests.bands_follow_the_scale(t)
  local criteria = { { method = "axis_evidence", appetite = 2, likelihood_levels = 4, impact_levels = 4 } }
  local _, answer = derive({ likelihood = 3, impact = 3 }, { risk_criteria = criteria })
  local bands = answer.criteria.bands
  t.equal(bands[1].upto, 2)
  t.equal(bands[2].upto, 5)
  t.equal(bands[3].upto, 10)
  t.equal(bands[4].upto, 16)
end

function tests.a_class_outside_the_scale_is_an_error_not_a_number(t)
  local risk = derive { likelihood = 7 }
  t.equal(risk.residual, nil)
  t.equal(risk.error, "likelihood 7 lies outside 1 to 5")
end

return tests
