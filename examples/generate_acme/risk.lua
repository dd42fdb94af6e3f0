-- Risk: criteria, register, which control weighs how much on which risk, and the treatment plan.

local tools = require "generate_acme.tools"

local risk = {}

local FIELDS = { "id", "title", "asset_ids", "threat", "vulnerability", "owner", "properties", "likelihood", "impact", "loss_min", "loss_mode", "loss_max",
  "events_per_year_min", "events_per_year_mode", "events_per_year_max", "currency", "stated_residual", "treatment", "assessed_at", "review_due_at",
  "accepted_by", "accepted_at", "acceptance_expires_at", "status" }

local C, I, A = "confidentiality", "integrity", "availability"

local RISKS = {
  { id = "R-001", title = "Extortion by encryption of files and ERP", asset_ids = { "AST-004", "AST-008" },
    threat = "Criminal group with ransomware", vulnerability = "Unpatched servers, and people who open attachments", owner = "P-0005",
    properties = { A, C }, likelihood = 4, impact = 5, loss_min = 120000, loss_mode = 600000, loss_max = 2500000, events_per_year_min = 0.05,
    events_per_year_mode = 0.2, events_per_year_max = 0.6, currency = "GBP", stated_residual = 6, treatment = "modify", accepted_by = "P-0005",
    status = "treated" },
  { id = "R-002", title = "Attack on what faces the Internet", asset_ids = { "AST-002", "AST-003", "AST-011", "AST-012", "AST-028" },
    threat = "Attacker who exploits a known weakness", vulnerability = "Weaknesses that stay open for weeks", owner = "P-0008",
    properties = { C, I, A }, likelihood = 4, impact = 5, stated_residual = 6, treatment = "modify", status = "open" },
  { id = "R-003", title = "Takeover of accounts", asset_ids = { "AST-007", "AST-009" }, threat = "Phishing and stolen sessions",
    vulnerability = "People give away secrets, sessions live long", owner = "P-0007", properties = { C, I }, likelihood = 4, impact = 4,
    stated_residual = 6, treatment = "modify", status = "open" },
  { id = "R-004", title = "A change takes the shop down", asset_ids = { "AST-001", "AST-002" }, threat = "Faulty change or release",
    vulnerability = "Many releases, and a monolith that few understand", owner = "P-0009", properties = { A, I }, likelihood = 4, impact = 4,
    stated_residual = 6, treatment = "modify", accepted_by = "P-0009", status = "treated" },
  { id = "R-005", title = "Leak of customers' personal data", asset_ids = { "AST-001", "AST-009", "AST-012", "AST-013" },
    threat = "Theft or careless disclosure of data", vulnerability = "Wide rights and copies in the warehouse", owner = "P-0010",
    properties = { C }, likelihood = 3, impact = 5, loss_min = 50000, loss_mode = 350000, loss_max = 1800000, events_per_year_min = 0.02,
    events_per_year_mode = 0.1, events_per_year_max = 0.3, currency = "GBP", stated_residual = 8, treatment = "modify", status = "open" },
  { id = "R-006", title = "Rights outlive the need for them", asset_ids = { "AST-005", "AST-009", "AST-014" },
    threat = "Former or moved staff with rights", vulnerability = "Systems outside single sign-on are closed by hand", owner = "P-0003",
    properties = { C, I }, likelihood = 4, impact = 4, stated_residual = 4, treatment = "modify", status = "open" },
  { id = "R-007", title = "Laptop lost or stolen", asset_ids = { "AST-017", "AST-020" }, threat = "Theft on the way or at home",
    vulnerability = "A third of the staff carries devices every day", owner = "P-0006", properties = { C }, likelihood = 4, impact = 3,
    stated_residual = 4, treatment = "modify", accepted_by = "P-0006", status = "treated" },
  { id = "R-008", title = "A cloud provider fails for days", asset_ids = { "AST-001", "AST-007", "AST-014" }, threat = "Outage of a provider",
    vulnerability = "One provider each for shop, directory and code", owner = "P-0003", properties = { A }, likelihood = 2, impact = 5,
    stated_residual = 6, treatment = "share", status = "open" },
  -- planted: accepted by the chief operating officer, owned by the head of IT operations
  { id = "R-009", title = "The old file server fails for good", asset_ids = { "AST-008" }, threat = "Failure of ageing hardware",
    vulnerability = "Support ends next year, spare parts are scarce", owner = "P-0007", properties = { A }, likelihood = 3, impact = 4,
    stated_residual = 6, treatment = "retain", accepted_by = "P-0005", status = "accepted" },
  { id = "R-010", title = "Key people are absent for long", asset_ids = { "AST-002", "AST-004" },
    threat = "Absence of people with rare knowledge", vulnerability = "Few people know platform and finance system in depth", owner = "P-0008",
    properties = { A }, likelihood = 3, impact = 3, stated_residual = 6, treatment = "retain", accepted_by = "P-0008", status = "accepted" },
  { id = "R-011", title = "Intruder in the server room", asset_ids = { "AST-023", "AST-028", "AST-029" },
    threat = "Intruder, or visitor on the wrong floor", vulnerability = "Office tower with many tenants and deliveries", owner = "P-0005",
    properties = { C, A }, likelihood = 3, impact = 4, stated_residual = 4, treatment = "modify", status = "open" },
  { id = "R-012", title = "A supplier loses our data or fails us", asset_ids = { "AST-016", "AST-030" }, threat = "Weak supplier",
    vulnerability = "Two dozen firms see or keep our information", owner = "P-0004", properties = { C, A }, likelihood = 3, impact = 4,
    stated_residual = 6, treatment = "modify", status = "open" },
  { id = "R-013", title = "Source code is lost or tampered with", asset_ids = { "AST-005", "AST-014" }, threat = "Tampering with the code base",
    vulnerability = "Many hold write access, one host keeps it all", owner = "P-0003", properties = { I, A }, likelihood = 2, impact = 5,
    stated_residual = 4, treatment = "modify", accepted_by = "P-0003", status = "treated" },
  { id = "R-014", title = "An administrator misuses power", asset_ids = { "AST-001", "AST-004", "AST-006" },
    threat = "Insider with privileged rights", vulnerability = "Administrators can reach data without a second person", owner = "P-0003",
    properties = { C, I }, likelihood = 2, impact = 5, stated_residual = 5, treatment = "modify", status = "open" },
}

-- risk, control, strength, axis, planned
local L, M, B = "likelihood", "impact", "both"
local LINKS = {
  { "R-001", "A.8.8", 0.5, L }, { "R-001", "A.6.3", 0.3, L }, { "R-001", "A.8.7", 0.4, B }, { "R-001", "A.8.13", 0.7, M }, { "R-001", "A.5.24", 0.4, M },
  { "R-001", "A.8.22", 0.3, M, true },
  { "R-002", "A.8.8", 0.7, L }, { "R-002", "A.8.32", 0.25, L }, { "R-002", "A.8.20", 0.3, L }, { "R-002", "A.5.24", 0.4, M }, { "R-002", "A.8.16",
    0.3, M },
  { "R-002", "A.8.13", 0.4, M }, { "R-002", "A.8.29", 0.3, L },
  { "R-003", "A.6.3", 0.55, L }, { "R-003", "A.5.18", 0.4, B }, { "R-003", "A.8.5", 0.5, L }, { "R-003", "A.5.24", 0.4, M }, { "R-003", "A.5.17", 0.3, L },
  { "R-004", "A.8.32", 0.6, L }, { "R-004", "A.8.13", 0.5, M }, { "R-004", "A.5.24", 0.4, M }, { "R-004", "A.8.31", 0.3, L }, { "R-004", "A.8.25",
    0.3, L },
  { "R-005", "A.5.18", 0.5, L }, { "R-005", "A.8.8", 0.3, L }, { "R-005", "A.5.34", 0.3, B }, { "R-005", "A.8.11", 0.3, M, true }, { "R-005",
    "A.5.24", 0.3, M },
  { "R-005", "A.8.12", 0.3, B, true }, { "R-005", "A.6.3", 0.3, L }, { "R-005", "A.5.12", 0.25, B }, { "R-005", "A.8.24", 0.3, M },
  { "R-006", "A.5.18", 0.7, L }, { "R-006", "A.5.16", 0.3, L }, { "R-006", "A.6.5", 0.3, L }, { "R-006", "A.8.3", 0.3, M }, { "R-006", "A.5.24", 0.3, M },
  { "R-006", "A.5.15", 0.25, B },
  { "R-007", "A.5.9", 0.4, L }, { "R-007", "A.6.3", 0.3, L }, { "R-007", "A.8.1", 0.5, M }, { "R-007", "A.6.7", 0.3, L }, { "R-007", "A.5.24", 0.3, M },
  { "R-008", "A.5.24", 0.3, M }, { "R-008", "A.8.13", 0.4, M }, { "R-008", "A.5.30", 0.4, M }, { "R-008", "A.8.14", 0.3, M }, { "R-008", "A.5.23",
    0.3, L },
  { "R-009", "A.8.13", 0.6, M }, { "R-009", "A.7.13", 0.3, L }, { "R-009", "A.8.6", 0.25, L },
  { "R-010", "A.5.1", 0.2, L }, { "R-010", "A.5.37", 0.4, M }, { "R-010", "A.5.29", 0.3, M }, { "R-010", "A.5.24", 0.5, M },
  { "R-011", "A.7.2", 0.7, L }, { "R-011", "A.7.1", 0.3, L }, { "R-011", "A.7.4", 0.3, M }, { "R-011", "A.5.9", 0.2, M },
  { "R-012", "A.5.19", 0.6, L }, { "R-012", "A.5.20", 0.3, B }, { "R-012", "A.5.22", 0.3, L }, { "R-012", "A.5.24", 0.3, M }, { "R-012", "A.5.21",
    0.25, L },
  { "R-013", "A.8.13", 0.7, M }, { "R-013", "A.5.18", 0.5, L }, { "R-013", "A.8.4", 0.4, L }, { "R-013", "A.8.32", 0.3, L },
  { "R-014", "A.5.18", 0.5, L }, { "R-014", "A.8.2", 0.5, L }, { "R-014", "A.8.15", 0.3, M }, { "R-014", "A.5.3", 0.3, L }, { "R-014", "A.8.13", 0.4, M },
}

local TREATMENT_FIELDS = { "id", "risk_id", "action", "controls", "owner", "resources", "approved_by", "approved_at", "due_at", "started_at",
  "completed_at",
  "verified_at", "status" }
local TREATMENTS = {
  { "TRT-01", "R-001", "Cut the office network into zones so that an infection stays where it starts", { "A.8.22" }, "P-0016",
    "40,000 and 30 days of work", "P-0005", "2026-05-11", "2026-11-30", "2026-06-01", false, false, "in_progress" },
  { "TRT-02", "R-001", "Restore trial per quarter and critical system", { "A.8.13" }, "P-0016", "1 day per trial", "P-0005", "2026-05-11",
    "2026-12-31", "2026-01-05", false, false, "in_progress" },
  { "TRT-03", "R-002", "Alarm on the third day of every critical weakness on the Internet", { "A.8.8" }, "P-0017", "5 days of work", "P-0008",
    "2026-05-12", "2026-09-30", "2026-05-18", false, false, "in_progress" },
  { "TRT-04", "R-003", "Security keys for administrators and finance", { "A.8.5" }, "P-0016", "6,000", "P-0007", "2026-05-12", "2026-10-31",
    false, false, false, "planned" },
  { "TRT-05", "R-004", "Releases go out by the pipeline only, with an automatic way back", { "A.8.32" }, "P-0017", "20 days of work", "P-0009",
    "2026-05-13", "2026-08-31", "2026-02-02", false, false, "in_progress" },
  { "TRT-06", "R-005", "Personal data in the warehouse are masked, and exports watched", { "A.8.11", "A.8.12" }, "P-0021", "60,000", "P-0010",
    "2026-05-13", "2026-12-18", "2026-05-25", false, false, "in_progress" },
  { "TRT-07", "R-006", "Single sign-on for the CRM, so that a leaver loses all at once", { "A.5.18", "A.5.16" }, "P-0016", "15 days of work",
    "P-0003", "2026-05-14", "2026-09-30", "2026-06-08", false, false, "in_progress" },
  { "TRT-08", "R-007", "Full encryption and remote wipe on every laptop", { "A.8.1" }, "P-0016", "done within the usual budget", "P-0006",
    "2025-05-12", "2025-10-31", "2025-06-02", "2025-10-17", "2025-11-05", "done" },
  { "TRT-09", "R-008", "Cover for loss of business by a cyber policy, and an exit plan per provider", { "A.5.30" }, "P-0004", "premium of 18,000",
    "P-0003", "2026-05-14", "2026-10-30", "2026-03-02", false, false, "in_progress" },
  { "TRT-10", "R-011", "Turnstile between the reception and the lifts in Leeds", { "A.7.2" }, "P-0015", "25,000", "P-0005", "2026-05-11",
    "2026-12-18", false, false, false, "planned" },
  { "TRT-11", "R-012", "No purchase order without a security assessment", { "A.5.19" }, "P-0018", "3 days of work", "P-0004", "2026-05-15",
    "2026-09-30", "2026-06-15", false, false, "in_progress" },
  { "TRT-12", "R-013", "Signed commits and a mirror at another host", { "A.8.4", "A.8.13" }, "P-0024", "8 days of work", "P-0003", "2025-05-14",
    "2025-12-19", "2025-06-16", "2025-12-12", "2026-01-20", "done" },
  { "TRT-13", "R-014", "Administrators work on data only with a second person's release", { "A.8.2" }, "P-0013", "12 days of work", "P-0003",
    "2026-05-14", "2026-11-27", false, false, false, "planned" },
}

--- The controls that an open risk names.
function risk.controls()
  local named = {}
  for _, link in ipairs(LINKS) do named[link[2]] = true end
  return named
end

function risk.write()
  local assessed = tools.day "2026-05-04"
  for i, r in ipairs(RISKS) do
    r.assessed_at = tools.date(assessed + i % 4)
    r.review_due_at = tools.date(assessed + i % 4 + 365)
    if r.accepted_by then
      r.accepted_at = tools.date(assessed + 8 + i % 5)
      r.acceptance_expires_at = tools.date(assessed + 8 + i % 5 + 364)
    end
  end
  tools.yaml("registers/risk_criteria.yaml", "risk_criteria", "How Acme assesses risk, and what it may accept.", { "method", "likelihood_levels",
    "impact_levels", "appetite", "tolerance", "assessment_interval", "approved_by", "approved_at" }, { { method = "axis_evidence", likelihood_levels = 5,
    impact_levels = 5, appetite = 6, tolerance = 12, assessment_interval = "365 d", approved_by = "P-0001", approved_at = "2026-04-13" } })
  tools.yaml("registers/risks.yaml", "risks", "The risk register; what controls do to a risk stands in risk_controls.csv.", FIELDS, RISKS)
  local out = tools.csv("registers/risk_controls.csv", "risk_controls", { "risk_id", "control", "strength", "axis", "planned" })
  for _, link in ipairs(LINKS) do out:row(link[1], link[2], link[3], link[4], link[5] and "true" or nil) end
  out:close()
  tools.yaml("registers/treatments.yaml", "treatments", "The risk treatment plan.", TREATMENT_FIELDS, tools.rows(TREATMENT_FIELDS, TREATMENTS))
end

return risk
