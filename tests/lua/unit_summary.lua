-- The numbers of a run, what comes first, and the report that shows them.

local catalog = require "catalog"
local summary = require "summary"
local terminal = require "report.terminal"

local CATALOG = {
  { id = "6.1.2", kind = "clause", title = "Risk assessment" },
  { id = "A.5.18", kind = "control", theme = "organizational", title = "Access rights", control_type = { "preventive" }, concepts = { "protect" } },
  { id = "A.8.8", kind = "control", theme = "technological", title = "Vulnerabilities", control_type = { "preventive" }, concepts = { "identify", "protect" } },
  { id = "A.8.13", kind = "control", theme = "technological", title = "Backup", control_type = { "corrective" }, concepts = { "recover" } },
  { id = "A.8.30", kind = "control", theme = "technological", title = "Outsourced development", control_type = { "preventive" } },
}

local function failing(name, grade, severity, weight, message)
  return { name = name, question = "?", tests = "operation", severity = severity, weight = weight, status = "fail",
    population = 240, tested = 240, failed = 3, share = 0.98, remedy = "Mend " .. name .. ".",
    findings = { { key = "k", document = "evidence/a.csv", line = 18, message = message or "it is late", grade = grade } } }
end

local function result(id, theme, title, status, points, credit, checks)
  return { id = id, kind = theme == "clauses" and "clause" or "control", theme = theme, title = title, status = status, score = points,
    credit = credit, reason = "because", checks = checks }
end

local function results()
  local restores = { name = "restores", question = "?", tests = "operation", severity = "major", weight = 4, status = "unknown",
    reason = "restore_tests are not supplied", population = 0, tested = 0, failed = 0, remedy = "Restore a backup.", findings = {} }
  return {
    result("6.1.2", "clauses", "Risk assessment", "ineffective", 39, 0, { failing("criteria", "major_nc", "major", 3) }),
    result("A.5.18", "organizational", "Access rights", "partially_effective", 72.5, 0.725,
      { failing("leavers", "minor_nc", "major", 3), failing("small", "ofi", "observation", 1) }),
    result("A.8.8", "technological", "Vulnerabilities", "effective", 100, 1, {}),
    result("A.8.13", "technological", "Backup", "insufficient_evidence", nil, 0, { restores }),
    result("A.8.30", "technological", "Outsourced development", "not_applicable", nil, 0, {}),
  }
end

local function risk_list()
  return {
    { id = "R-1", title = "Ransomware", status = "open", inherent = { likelihood = 4, impact = 5, score = 20, level = "critical" },
      residual = { likelihood = 2, impact = 4, score = 8, level = "medium", raw = 6.74 }, above_appetite = true, above_tolerance = false, understated = false,
      what_if = { { control = "A.8.13", score = 4, level = "low", raw = 3.9, fall = 4 } } },
    { id = "R-2", title = "Old", status = "closed", inherent = { likelihood = 5, impact = 5, score = 25, level = "critical" },
      residual = { likelihood = 5, impact = 5, score = 25, level = "critical", raw = 25 }, understated = false,
      what_if = { { control = "A.5.18", score = 5, level = "medium", raw = 5, fall = 20 } } },
  }
end

local function make(list)
  catalog.set(CATALOG)
  return summary.make { results = list or results(), risks = { model = "axis_evidence", criteria = {}, risks = risk_list() } }
end

local function document()
  return { schema = "assay.result/1", run = { bundle = "acme", as_of = "2026-06-30", engine = "0.1.0", packs = { { name = "iso27001", version = "0.1.0" } } },
    summary = make(), requirements = results(), risks = risk_list(), documents = {},
    diagnostics = { { code = "W0320", severity = "warning", document = "r.yaml", line = 3, message = "points \27[2Jnowhere" } } }
end

local tests = {}

function tests.headline(t)
  local made = make()
  t.equal(made.total, 5)
  t.equal(made.applicable, 4)
  t.equal(made.tested, 3)
  t.equal(made.effectiveness, 70.5)
  t.equal(made.coverage, 75.0)
  t.equal(made.assurance, 52.9)
end

function tests.every_status_is_counted(t)
  local made, sum = make(), 0
  for _, status in ipairs(require("score").STATUSES) do sum = sum + made.by_status[status] end
  t.equal(sum, made.total)
  t.equal(made.by_status.ineffective, 1)
  t.equal(made.by_status.error, 0)
end

function tests.themes_and_attributes(t)
  local made = make()
  t.equal(made.by_theme.technological.total, 3)
  t.equal(made.by_theme.technological.applicable, 2)
  t.equal(made.by_theme.technological.tested, 1)
  t.equal(made.by_theme.technological.effectiveness, 100)
  t.equal(made.by_theme.technological.assurance, 50)
  t.equal(made.by_theme.people, nil)
  t.equal(made.by_attribute.control_type.preventive.total, 3)
  t.equal(made.by_attribute.concepts.protect.effectiveness, 86.3)
end

function tests.grades_count_checks(t)
  local grades = make().grades
  t.equal(grades.major_nc, 1)
  t.equal(grades.minor_nc, 1)
  t.equal(grades.ofi, 1)
  t.equal(grades.excepted, 0)
end

function tests.risks_are_summed(t)
  local made = make().risks
  t.equal(made.total, 2)
  t.equal(made.open, 1)
  t.equal(made.inherent, 20)
  t.equal(made.residual, 8)
  t.equal(made.above_appetite, 1)
  t.equal(made.by_level.medium, 1)
end

function tests.what_to_do_first(t)
  local list = make().next
  t.equal(#list, 3)
  t.equal(list[1].id, "6.1.2")
  t.equal(list[1].grade, "major_nc")
  t.equal(list[2].id, "A.5.18")
  t.equal(list[2].message, "it is late")
  t.equal(list[2].fall, 0)
  t.equal(list[3].id, "A.8.13")
  t.equal(list[3].message, "lacks evidence: restore_tests are not supplied")
  t.equal(list[3].fall, 4)
  t.equal(list[3].falls[1].risk, "R-1")
  t.equal(list[3].falls[1].to, 4)
end

function tests.what_lacks_evidence_has_no_remedy_yet(t)
  local list = make().next
  t.equal(list[1].remedy, "Mend criteria.")
  t.equal(list[3].remedy, nil)
end

function tests.a_fall_within_one_score_is_no_fall_of_the_score(t)
  local risks = risk_list()
  risks[1].what_if[1] = { control = "A.8.13", score = 8, level = "medium", raw = 6.1, fall = 0.64 }
  local step = summary.make({ results = results(), risks = { risks = risks } }).next[3]
  t.equal(step.fall, 0.64)
  t.equal(step.risks[1], "R-1")
  t.equal(#step.falls, 0)
end

function tests.what_was_not_selected_is_in_no_number(t)
  local list = results()
  list[1] = result("6.1.2", "clauses", "Risk assessment", "not_evaluated", nil, 0, {})
  list[1].selected = false
  local made = make(list)
  t.equal(made.applicable, 3)
  t.equal(made.by_status.not_evaluated, 1)
end

function tests.nothing_at_all(t)
  catalog.set {}
  local made = summary.make { results = {}, risks = {} }
  t.equal(made.effectiveness, nil)
  t.equal(made.coverage, 0)
  t.equal(#made.next, 0)
end

function tests.report_says_what_matters(t)
  local text = terminal.render({ result = document(), width = 80 }).text
  for _, part in ipairs { "Readiness 52 % (effectiveness 70 %, coverage 75 %), 1 candidate major, 1 minor", "acme, as of 2026-06-30",
    "6.1.2", "3 of 240 failed", "evidence/a.csv:18", "R-1", "20 critical", "8 medium", "8 → 4", "Mend criteria.", "1 warning" } do
    t.is_true(text:find(part, 1, true) ~= nil, part)
  end
  t.is_true(not text:find("R-2", 1, true))
end

function tests.report_escapes_evidence_and_has_no_colour_unless_asked(t)
  local text = terminal.render({ result = document(), width = 80 }).text
  t.is_true(not text:find("\27", 1, true))
  t.is_true(text:find("\\u{1B}[2J", 1, true) ~= nil)
  local painted = terminal.render({ result = document(), width = 80, color = true }).text
  t.is_true(painted:find("\27[1m", 1, true) ~= nil)
  t.equal((painted:gsub("\27%[[%d;]*m", "")), text)
end

function tests.report_keeps_to_the_width_and_cuts_no_id(t)
  local whole = document()
  whole.requirements[2].id = "ACME." .. ("9"):rep(60)
  for _, width in ipairs { 40, 60, 80, 120 } do
    local text = terminal.render({ result = whole, width = width }).text
    for line in text:gmatch("[^\n]+") do
      local n = utf8.len(line)
      t.is_true(n <= width or line:find("9999", 1, true) ~= nil, line)
    end
    t.is_true(text:find(("9"):rep(60), 1, true) ~= nil)
  end
end

return tests
