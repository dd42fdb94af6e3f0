-- Incidents: what happened, the plans for it, and how they were rehearsed.

local tools = require "generate_acme.tools"

local readiness = {}

local INCIDENT_FIELDS = { "id", "title", "severity", "category", "occurred_at", "detected_at", "reported_at", "triaged_at", "contained_at", "resolved_at",
  "closed_at", "handler", "asset_ids", "risk_ids", "personal_data", "notification_required", "notification_reason", "root_cause", "lessons",
  "lessons_reviewed_at", "improvement_ids", "evidence_preserved", "status" }

-- id, title, severity, category, day, minutes of detection, handler, assets, risks, cause, lesson, improvements
local INCIDENTS = {
  { "INC-2025-05", "Storage fault slowed the shop for two hours", "high", "outage", "2025-08-05", 560, "P-0017", { "AST-001", "AST-002" },
    { "R-004" }, "A volume reached the limit of its write rate", "Watch the write rate, not only the fill level" },
  { "INC-2025-06", "Mail to finance with a forged invoice", "low", "phishing", "2025-09-17", 640, "P-0020", { "AST-004" }, { "R-003" },
    "The sender's domain looked like that of a supplier", "Mark mail from young domains" },
  { "INC-2025-07", "List of contacts sent to the wrong customer", "medium", "data_breach", "2025-10-22", 700, "P-0012", { "AST-009" },
    { "R-005" }, "The address was completed by the mail program", "Ask before mail with lists leaves the house" },
  { "INC-2025-08", "Flood of requests at the gateway", "medium", "outage", "2025-11-28", 1205, "P-0017", { "AST-003" }, { "R-002" },
    "The rate limit was set per address only", "Limit per session as well" },
  { "INC-2026-01", "Session of an administrator was stolen and used", "critical", "phishing", "2026-01-19", 475, "P-0020",
    { "AST-007", "AST-009" }, { "R-003" }, "A forged sign-in page passed the second factor on to the attacker",
    "Security keys for administrators, and sessions that end on lock", { "IMP-006" } },
  { "INC-2026-02", "Malware in a pirated font on a designer's laptop", "medium", "malware", "2026-03-04", 830, "P-0013", { "AST-020" },
    { "R-001" }, "The font was taken from a sharing site", "Offer a licence pool for fonts" },
  { "INC-2026-03", "ERP stood still during month-end", "high", "outage", "2026-05-11", 1080, "P-0016", { "AST-004" }, { "R-004" },
    "An index of the database was damaged by a full disk", "Alarm on the disk of the ERP database at four fifths" },
  { "INC-2026-04", "Laptop left in a train", "low", "loss", "2026-06-09", 1010, "P-0016", { "AST-020" }, { "R-007" },
    "It was forgotten while changing trains", "None beyond what is known; the disk was encrypted" },
}

local PLAN_FIELDS = { "id", "title", "kind", "scenarios", "document_id", "owner", "deputy", "team", "offline_copy", "contacts_verified_at", "approved_by",
  "approved_at", "reviewed_at", "status" }
local PLANS = {
  { "PLN-01", "Incident response plan", "incident_response", { "malware", "phishing", "data_breach", "outage", "misuse", "loss" }, "DOC-030",
    "P-0020", "P-0013", { "P-0002", "P-0007", "P-0012", "P-0016", "P-0017" }, true, "2026-04-27", "P-0002", "2026-01-15", "2026-04-27",
    "active" },
  { "PLN-02", "Playbook ransomware", "playbook", { "malware" }, "DOC-031", "P-0013", "P-0020", { "P-0016" }, false, false, "P-0002", "2026-01-15",
    false, "active" },
  { "PLN-03", "Playbook phishing and account takeover", "playbook", { "phishing" }, "DOC-032", "P-0020", "P-0013", { "P-0016" }, false, false,
    "P-0002", "2026-01-15", false, "active" },
  { "PLN-04", "Playbook leaked data", "playbook", { "data_breach" }, "DOC-033", "P-0012", "P-0020", { "P-0013" }, false, false, "P-0002",
    "2026-01-16", false, "active" },
  { "PLN-05", "Playbook outage of the shop", "playbook", { "outage" }, "DOC-034", "P-0017", "P-0008", { "P-0016", "P-0023" }, false, false,
    "P-0003", "2026-01-16", false, "active" },
  { "PLN-06", "Playbook misuse from within", "playbook", { "misuse" }, "DOC-035", "P-0013", "P-0020", { "P-0012" }, false, false, "P-0002",
    "2026-01-16", false, "active" },
  { "PLN-07", "Crisis communication", "crisis_communication", { "data_breach", "outage" }, "DOC-036", "P-0019", "P-0005", { "P-0012", "P-0023" },
    true, "2026-03-09", "P-0001", "2026-02-02", "2026-03-09", "active" },
}

local EXERCISE_FIELDS = { "id", "title", "kind", "plan_ids", "scenario", "planned_at", "performed_at", "led_by", "evaluated_by", "participants",
  "objectives",
  "objectives_met", "findings", "findings_closed_at", "improvement_ids", "report_at", "status" }
local EXERCISES = {
  { "EX-2025-2", "Call-out at night", "call_test", { "PLN-01", "PLN-07" }, "Call-out of the teams at three in the morning", "2025-09-24",
    "2025-09-24", "P-0005", "P-0014", { "P-0002", "P-0007", "P-0012", "P-0020" }, 3, 2, 1, "2025-12-04", { "IMP-001" }, "2025-09-30", "done" },
  { "EX-2026-1", "Ransomware on a Friday afternoon", "simulation", { "PLN-01", "PLN-02" },
    "Encrypted shares, a note, and a journalist on the phone", "2026-02-10", "2026-02-10", "P-0020", "P-0014",
    { "P-0002", "P-0007", "P-0012", "P-0013", "P-0016", "P-0020" }, 6, 5, 2, "2026-04-14", { "IMP-002", "IMP-003" }, "2026-02-20", "done" },
  { "EX-2026-2", "Customers learn of it from the press", "tabletop", { "PLN-07" }, "A leak is reported before we have told anybody", "2026-03-11",
    "2026-03-11", "P-0019", "P-0002", { "P-0005", "P-0012", "P-0019", "P-0023" }, 4, 4, 0, false, false, "2026-03-17", "done" },
  { "EX-2026-3", "Loss of the region of the cloud", "simulation", { "PLN-05", "PLN-01" }, "The main region is gone for a day", "2026-09-22",
    false, "P-0017", false, false, false, false, false, false, false, false, "planned" },
}

local function incidents()
  local records = {}
  local at = tools.moment
  for i, r in ipairs(INCIDENTS) do
    local day, found = tools.day(r[5]), r[6]
    local serious = r[3] == "high" or r[3] == "critical"
    local closed = day + 6 + i
    records[i] = { id = r[1], title = r[2], severity = r[3], category = r[4], occurred_at = at(day, found - 35), detected_at = at(day, found),
      reported_at = at(day, found + 4), triaged_at = at(day, found + 20), contained_at = at(day, found + 95), resolved_at = at(day, found + 340),
      closed_at = at(closed, 900), handler = r[7], asset_ids = r[8], risk_ids = r[9], root_cause = r[10], lessons = r[11],
      lessons_reviewed_at = serious and tools.date(closed) or nil, improvement_ids = r[12], evidence_preserved = serious or nil, status = "closed" }
    if r[4] == "data_breach" or r[3] == "critical" then
      records[i].personal_data, records[i].notification_required = true, false
      records[i].notification_reason = "Judged by the data protection officer: no risk for the people concerned"
    end
  end
  tools.yaml("registers/incidents.yaml", "incidents", "Security incidents of the last twelve months.", INCIDENT_FIELDS, records)
end

function readiness.write()
  incidents()
  tools.yaml("registers/response_plans.yaml", "response_plans", "Plans and playbooks.", PLAN_FIELDS, tools.rows(PLAN_FIELDS, PLANS))
  tools.yaml("registers/exercises.yaml", "exercises", "Exercises of the plans.", EXERCISE_FIELDS, tools.rows(EXERCISE_FIELDS, EXERCISES))
  tools.yaml("registers/classification_levels.yaml", "classification_levels", "The four levels.", { "level", "rank", "meaning", "label_required",
    "label_text", "encrypt_in_transit", "encrypt_at_rest", "external_transfer", "approved_by", "reviewed_at" }, {
    { level = "public", rank = 1, meaning = "Meant for everybody", external_transfer = "free", approved_by = "P-0002", reviewed_at = "2026-03-24" },
    { level = "internal", rank = 2, meaning = "For everybody in the company", label_required = true, label_text = "Internal",
      encrypt_in_transit = true, external_transfer = "approved", approved_by = "P-0002", reviewed_at = "2026-03-24" },
    { level = "confidential", rank = 3, meaning = "For those who need it; harm if it leaks", label_required = true, label_text = "Confidential",
      encrypt_in_transit = true, encrypt_at_rest = true, external_transfer = "approved", approved_by = "P-0002", reviewed_at = "2026-03-24" },
    { level = "restricted", rank = 4, meaning = "For named people; grave harm if it leaks", label_required = true, label_text = "Restricted",
      encrypt_in_transit = true, encrypt_at_rest = true, external_transfer = "forbidden", approved_by = "P-0002", reviewed_at = "2026-03-24" },
  })
end

return readiness
