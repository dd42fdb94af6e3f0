-- The management system itself: roles, documents, context, parties, objectives, audits, nonconformities, improvements.

local tools = require "generate_acme.tools"

local governance = {}

local function register(kind, comment, fields, rows)
  tools.yaml("registers/" .. kind .. ".yaml", kind, comment, fields, rows[1] and rows[1].id and rows or tools.rows(fields, rows))
end

-- ---- roles ----

local ROLE_FIELDS = { "id", "title", "responsibilities", "duties", "authorities", "assigned_to", "reports_to", "deputy", "communicated_at", "reviewed_at" }
local ROLES = {
  { "ROLE-01", "Top management", { "Set direction and policy", "Provide people and money", "Judge whether the system works" },
    { "top_management" }, { "Accept risk above the appetite" }, { "P-0001", "P-0003", "P-0004", "P-0005" }, false, false, "2026-01-14",
    "2026-01-14" },
  { "ROLE-02", "Chief information security officer", { "Keep the system in line with the standard", "Report on it to top management" },
    { "isms_conformity", "isms_reporting", "privacy" }, { "Stop a release or a connection" }, { "P-0002" }, "ROLE-01", "P-0013", "2026-01-14",
    "2026-01-14" },
  { "ROLE-03", "Risk owners", { "Judge and accept the risks of their business" }, { "risk_ownership" }, { "Accept risk within the appetite" },
    { "P-0003", "P-0004", "P-0005", "P-0006", "P-0007", "P-0008", "P-0009", "P-0010" }, "ROLE-01", false, "2026-01-14", "2026-01-14" },
  { "ROLE-04", "Incident lead", { "Lead the handling of incidents", "Keep plans and playbooks ready" }, { "incident_response" },
    { "Take systems off line" }, { "P-0020" }, "ROLE-02", "P-0013", "2026-01-21", "2026-01-21" },
  { "ROLE-05", "Access administration", { "Give and take rights as approved" }, { "access_control" }, { "Lock an account" }, { "P-0016" },
    "ROLE-07", "P-0007", "2026-01-21", "2026-01-21" },
  { "ROLE-06", "Supplier manager", { "Keep the supplier register", "See that suppliers are assessed" }, { "supplier_security" },
    { "Hold back a purchase order" }, { "P-0018" }, "ROLE-01", "P-0022", "2026-01-21", "2026-01-21" },
  { "ROLE-07", "Head of IT operations", { "Run the office systems and networks", "Keep the inventory" },
    { "operations_security", "asset_management" }, { "Reject a change" }, { "P-0007" }, "ROLE-01", "P-0016", "2026-01-21", "2026-01-21" },
  { "ROLE-08", "Internal audit", { "Audit the system without owning any part of it" }, { "internal_audit" }, { "See every record" }, { "P-0014" },
    "ROLE-01", false, "2026-01-14", "2026-01-14" },
  { "ROLE-09", "Continuity coordinator", { "Keep the continuity plans" }, { "continuity" }, { "Call an exercise" }, { "P-0005" }, "ROLE-01",
    "P-0023", "2026-01-21", "2026-01-21" },
  { "ROLE-10", "Data protection officer", { "Watch over personal data" }, { "privacy" }, { "Speak to the authority" }, { "P-0012" }, "ROLE-01",
    false, "2026-01-14", "2026-01-14" },
  { "ROLE-11", "Premises", { "Keep the premises safe and the visitor book true" }, { "physical_security" }, { "Refuse entry" }, { "P-0015" },
    "ROLE-09", false, "2026-01-21", "2026-01-21" },
  { "ROLE-12", "Development security", { "Teach secure coding", "Review designs" }, { "development_security" }, { "Hold back a release" },
    { "P-0024" }, "ROLE-02", "P-0013", "2026-01-21", "2026-01-21" },
  { "ROLE-13", "Awareness", { "Plan courses and campaigns" }, { "awareness" }, false, { "P-0025" }, "ROLE-02", false, "2026-01-21", "2026-01-21" },
}

-- ---- documents ----

local DOC_FIELDS = { "id", "title", "kind", "topics", "version", "status", "owner", "approved_by", "approved_at", "first_approved_at", "published_at",
  "reviewed_at", "next_review_at", "classification", "location", "change_note", "audience" }
local STAFF = { "employee", "contractor", "temporary" }

-- id, title, kind, topics, version, owner, approved by, approved, first approved, reviewed
local PAPERS = {
  { "DOC-003", "Risk assessment and treatment method", "procedure", { "risk_assessment", "risk_treatment" }, "3.1", "P-0002", "P-0001",
    "2026-04-13", "2018-05-14" },
  { "DOC-004", "Access control policy", "topic_policy", { "access_control", "identity", "passwords" }, "4.0", "P-0007", "P-0002", "2025-09-15",
    "2018-06-11" },
  { "DOC-005", "Acceptable use policy", "topic_policy", { "acceptable_use", "software_installation" }, "3.2", "P-0006", "P-0002", "2025-10-06",
    "2018-06-11" },
  { "DOC-006", "Assets and classification policy", "topic_policy", { "asset_management", "classification", "labelling" }, "2.4", "P-0007",
    "P-0002", "2025-08-18", "2018-09-03", "2026-03-24" },
  { "DOC-007", "Information transfer standard", "standard", { "information_transfer", "data_leakage" }, "2.0", "P-0013", "P-0002", "2025-11-17",
    "2019-02-04" },
  { "DOC-008", "Incident management procedure", "procedure", { "incident", "evidence_collection" }, "5.1", "P-0020", "P-0002", "2025-12-01",
    "2018-06-11" },
  { "DOC-009", "Backup policy", "topic_policy", { "backup" }, "2.2", "P-0016", "P-0007", "2025-09-29", "2018-10-08" },
  { "DOC-010", "Cryptography standard", "standard", { "cryptography", "key_management" }, "1.7", "P-0013", "P-0002", "2026-01-12", "2019-05-20" },
  { "DOC-011", "Devices and mobile working policy", "topic_policy", { "endpoint", "mobile_working", "malware" }, "2.6", "P-0016", "P-0007",
    "2026-02-09", "2018-10-08" },
  { "DOC-012", "Network security standard", "standard", { "network", "web_filtering" }, "2.1", "P-0016", "P-0007", "2025-10-20", "2018-11-12" },
  { "DOC-013", "Supplier security policy", "topic_policy", { "supplier", "outsourced_development" }, "2.3", "P-0018", "P-0004", "2026-01-26",
    "2019-01-14" },
  { "DOC-014", "Vulnerability handling policy", "topic_policy", { "vulnerability", "threat_intelligence" }, "2.0", "P-0013", "P-0002",
    "2025-11-24", "2019-03-18" },
  { "DOC-015", "Cloud policy", "topic_policy", { "cloud" }, "1.5", "P-0008", "P-0003", "2026-03-02", "2019-09-09" },
  { "DOC-016", "Secure development policy", "topic_policy", { "development", "secure_coding", "source_code", "test_data" }, "3.0", "P-0024",
    "P-0003", "2025-12-15", "2018-07-23" },
  { "DOC-017", "Premises policy", "topic_policy", { "physical_security", "secure_areas" }, "1.9", "P-0015", "P-0005", "2026-02-23", "2018-09-17" },
  { "DOC-018", "Privacy policy", "topic_policy", { "privacy", "data_deletion", "data_masking" }, "4.2", "P-0012", "P-0001", "2026-05-11", "2018-05-22" },
  -- planted: nobody has looked at it since May 2025
  { "DOC-019", "Clear desk and screen policy", "topic_policy", { "clear_desk" }, "1.3", "P-0015", "P-0005", "2024-04-22", "2018-09-17", "2025-05-19" },
  { "DOC-020", "Remote working policy", "topic_policy", { "remote_working" }, "2.1", "P-0006", "P-0005", "2025-12-08", "2020-04-06" },
  { "DOC-021", "Change management procedure", "procedure", { "change_management", "configuration" }, "3.3", "P-0016", "P-0007", "2025-10-13",
    "2018-08-06" },
  { "DOC-022", "Logging and monitoring standard", "standard", { "logging", "monitoring" }, "1.4", "P-0020", "P-0002", "2026-03-16", "2019-10-21" },
  { "DOC-023", "Training plan", "standard", { "awareness" }, "2026", "P-0025", "P-0006", "2026-01-19", "2019-01-21" },
  { "DOC-024", "Continuity policy", "topic_policy", { "business_continuity" }, "1.8", "P-0023", "P-0005", "2026-04-20", "2019-11-04" },
  { "DOC-025", "Internal audit procedure", "procedure", { "internal_audit" }, "1.6", "P-0014", "P-0001", "2025-11-10", "2018-11-19" },
  { "DOC-026", "Nonconformities and corrective action", "procedure", { "nonconformity" }, "2.0", "P-0002", "P-0005", "2025-09-22", "2018-11-19" },
  { "DOC-027", "Screening and conduct policy", "topic_policy", { "screening", "disciplinary" }, "1.5", "P-0006", "P-0005", "2026-05-04", "2018-10-15" },
  { "DOC-028", "Documents and records", "procedure", { "records" }, "1.4", "P-0002", "P-0005", "2025-08-25", "2018-06-11" },
  { "DOC-030", "Incident response plan", "plan", { "incident" }, "3.0", "P-0020", "P-0002", "2026-01-15", "2019-06-03" },
  { "DOC-031", "Playbook ransomware", "plan", { "incident" }, "1.2", "P-0013", "P-0002", "2026-01-15", "2021-02-01" },
  { "DOC-032", "Playbook phishing and account takeover", "plan", { "incident" }, "1.4", "P-0020", "P-0002", "2026-01-15", "2020-06-15" },
  { "DOC-033", "Playbook leaked data", "plan", { "incident" }, "1.3", "P-0012", "P-0002", "2026-01-16", "2020-06-15" },
  { "DOC-034", "Playbook outage of the shop", "plan", { "incident" }, "2.0", "P-0017", "P-0003", "2026-01-16", "2019-12-02" },
  { "DOC-035", "Playbook misuse from within", "plan", { "incident" }, "1.0", "P-0013", "P-0002", "2026-01-16", "2022-09-12" },
  { "DOC-036", "Crisis communication plan", "plan", { "incident" }, "1.5", "P-0019", "P-0001", "2026-02-02", "2020-03-23" },
}

local function documents()
  local records = {
    { id = "DOC-001", title = "Information security policy", kind = "policy", topics = { "information_security" }, version = "5.0",
      status = "published", owner = "P-0002", approved_by = "P-0001", approved_at = "2025-10-27", first_approved_at = "2018-05-14",
      published_at = "2025-11-03", reviewed_at = "2026-04-20", next_review_at = "2026-10-26", classification = "public",
      location = "https://acme.example/security", change_note = "Cloud and supplier chapters rewritten, objectives linked",
      audience = { "employee", "contractor", "temporary", "customers" } },
    { id = "DOC-000", title = "Information security policy", kind = "policy", topics = { "information_security" }, version = "4.2",
      status = "retired", owner = "P-0002", approved_by = "P-0001", approved_at = "2024-10-28", first_approved_at = "2018-05-14",
      published_at = "2024-11-04", classification = "public", location = "https://intranet.acme.example/docs/archive" },
    { id = "DOC-002", title = "Scope of the management system", kind = "record", topics = { "scope" }, version = "2.0", status = "published",
      owner = "P-0002", approved_by = "P-0001", approved_at = "2026-01-19", first_approved_at = "2018-05-14", published_at = "2026-01-21",
      classification = "internal", location = "https://intranet.acme.example/docs/DOC-002" },
  }
  for n, p in ipairs(PAPERS) do
    local approved = tools.day(p[8])
    local published = approved + 2 + n % 5
    if p[1] == "DOC-020" then published = approved - 6 end -- planted: out before it was approved
    records[#records + 1] = { id = p[1], title = p[2], kind = p[3], topics = p[4], version = p[5], status = "published", owner = p[6], approved_by = p[7],
      approved_at = p[8], first_approved_at = p[9], published_at = tools.date(published), reviewed_at = p[10] or p[8],
      next_review_at = tools.date((p[10] and tools.day(p[10]) or approved) + 365), classification = "internal",
      location = "https://intranet.acme.example/docs/" .. p[1], audience = p[3] == "topic_policy" and STAFF or nil }
  end
  register("documents", "Policies, standards, procedures and plans.", DOC_FIELDS, records)
end

-- ---- audits and what they found ----

local AUDIT_FIELDS = { "id", "title", "kind", "programme", "scope", "units", "criteria", "method", "firm", "lead_auditor", "auditors", "auditees",
  "planned_at",
  "started_at", "completed_at", "report_at", "reported_to", "findings", "nonconformity_ids", "conclusion", "status" }
local STANDARD = "ISO/IEC 27001:2022"
local AUDITS = {
  { "AUD-2024-1", "Technological controls", "internal", "2024-2026", { "A.8" }, { "Bristol", "Leeds" }, { STANDARD, "DOC-016", "DOC-021" },
    "Interviews and samples", false, "P-0014", { "P-0014" }, { "P-0007", "P-0008" }, "2024-09-16", "2024-09-23", "2024-10-11", "2024-10-25",
    { "P-0001" }, 3, { "NC-2024-03", "NC-2024-04" }, "Works, with weaknesses in the handling of changes", "completed" },
  { "AUD-2025-1", "Organisational controls and people", "internal", "2024-2026", { "A.5", "A.6" }, { "Bristol", "Leeds", "Lisbon" },
    { STANDARD, "DOC-004", "DOC-013" }, "Interviews and samples", false, "P-0014", { "P-0014" }, { "P-0006", "P-0018" }, "2025-10-06",
    "2025-10-13", "2025-11-07", "2025-11-21", { "P-0001" }, 3, { "NC-2025-04", "NC-2025-05" },
    "Works; onboarding of suppliers depends on one person", "completed" },
  { "AUD-2026-1", "The management system", "internal", "2024-2026", { "4", "5", "6", "7", "8", "9", "10" }, { "Bristol", "Lisbon" },
    { STANDARD, "DOC-003", "DOC-026" }, "Interviews and samples", "Lindholm Audit", "P-0014", { "P-0014" }, { "P-0001", "P-0002" }, "2026-03-02",
    "2026-03-09", "2026-03-20", "2026-03-31", { "P-0001", "P-0005" }, 2, { "NC-2026-01" }, "Fit and effective; registers lag behind",
    "completed" },
  { "AUD-2026-2", "Premises", "internal", "2024-2026", { "A.7" }, { "Bristol", "Leeds", "Lisbon" }, { STANDARD, "DOC-017" }, "Walk-through",
    false, "P-0014", { "P-0014" }, { "P-0015" }, "2026-09-14", false, false, false, false, false, false, false, "planned" },
  { "AUD-C-2025", "Surveillance by the certification body", "surveillance", "2024-2026", { "4", "9", "10", "A.5", "A.8" }, { "Bristol" },
    { STANDARD }, "Interviews and samples", "Albion Certification", false, false, { "P-0002" }, "2025-11-24", "2025-11-24", "2025-11-26",
    "2025-12-12", { "P-0001" }, 1, { "NC-2025-06" }, "Certificate upheld", "completed" },
}

local NC_FIELDS = { "id", "source", "requirement", "grade", "description", "raised_at", "owner", "correction", "root_cause", "corrective_action", "due_at",
  "closed_at", "effectiveness_checked_at", "effective", "status" }
local NONCONFORMITIES = {
  { "NC-2024-03", "internal_audit", "A.8.32", "minor", "Four changes of the sample carried no note on how to undo them", "2024-10-11", "P-0016",
    "Notes were added where still of use", "The form let the field stay empty", "Field made mandatory for ordinary changes", "2025-01-31",
    "2025-01-17", "2025-06-12", true, "closed" },
  { "NC-2024-04", "internal_audit", "A.8.15", "minor", "Logs of the file server were kept for two weeks only", "2024-10-11", "P-0020",
    "Retention raised to a year", "Nobody owned the settings after the move", "Owner named for each log source, checked yearly", "2025-02-28",
    "2025-02-20", "2025-07-08", true, "closed" },
  { "NC-2025-01", "incident", "A.5.17", "minor", "A shared password was found in a chat channel", "2025-03-12", "P-0016",
    "Password changed the same day", "The team had no vault for shared secrets", "Vault introduced, and chat searched for secrets weekly",
    "2025-06-30", "2025-06-13", "2025-11-25", true, "closed" },
  { "NC-2025-04", "internal_audit", "A.5.20", "minor", "Two contracts lacked the clause on return of data", "2025-11-07", "P-0018",
    "Clause agreed with both firms", "Purchasing used an old template from its own folder",
    "Old templates withdrawn, legal releases each contract", "2026-02-27", "2026-02-13", "2026-06-02", true, "closed" },
  { "NC-2025-05", "internal_audit", "A.6.1", "observation", "Screening of one contractor was finished after the first day", "2025-11-07",
    "P-0006", "Screening completed", "Agency sent the report late", "Agencies are held to the date by contract", "2026-03-31", "2026-03-10",
    false, false, "closed" },
  { "NC-2025-06", "external_audit", "9.1", "minor", "Two of the measurements had no owner for several months", "2025-11-26", "P-0002",
    "Owners named", "Owners had left and nobody looked through the list", "List of owners is part of the leaver process", "2026-03-31",
    "2026-03-17", false, false, "closed" },
  -- planted: its date passed in May and it is still open
  { "NC-2026-01", "internal_audit", "8.1", "minor", "Process descriptions of the service desk are two releases behind the tool", "2026-03-20",
    "P-0007", "Differences listed and told to the team", "No step of a release asks for the descriptions to be updated",
    "Release checklist gets a step for descriptions", "2026-05-15", false, false, false, "in_progress" },
  { "NC-2026-02", "monitoring", "A.8.16", "minor", "Alerts of two weekends were looked at on Monday only", "2026-04-28", "P-0020",
    "Alerts gone through, nothing found", "The on-call plan left out public holidays", "On-call plan covers holidays, second line named",
    "2026-08-31", false, false, false, "in_progress" },
  { "NC-2026-03", "self_report", "A.5.37", "observation", "Operating notes of the mail relay were out of date", "2026-05-20", "P-0016",
    "Notes corrected", false, false, "2026-08-31", false, false, false, "open" },
}

local IMPROVEMENTS_FIELDS = { "id", "title", "source", "source_id", "owner", "raised_by", "raised_at", "decision", "decided_by", "decided_at", "due_at",
  "completed_at", "result", "status" }
local IMPROVEMENTS = {
  { "IMP-001", "Second channel for reaching the crisis team", "exercise", "EX-2025-2", "P-0020", "P-0005", "2025-09-25", "accepted", "P-0005",
    "2025-09-30", "2025-12-15", "2025-12-04", "Messenger group outside the company network is in use", "done" },
  { "IMP-002", "Decision table for taking the shop off line", "exercise", "EX-2026-1", "P-0017", "P-0024", "2026-02-12", "accepted", "P-0003",
    "2026-02-17", "2026-04-30", "2026-04-14", "Table is part of the playbook", "done" },
  { "IMP-003", "Contacts of the insurer in the plan", "exercise", "EX-2026-1", "P-0020", "P-0012", "2026-02-12", "accepted", "P-0002",
    "2026-02-17", "2026-03-31", "2026-03-05", "Added and tried", "done" },
  { "IMP-004", "Search index is part of the portal's restore", "other", "RST-2025-11", "P-0017", "P-0023", "2025-12-03", "accepted", "P-0008",
    "2025-12-09", "2026-03-31", "2026-03-18", "Index is restored together with the data", "done" },
  { "IMP-005", "Lock new chat applications by default", "suggestion", false, "P-0007", "P-0013", "2026-03-03", "accepted", "P-0002", "2026-03-10",
    "2026-09-30", false, false, "in_progress" },
  { "IMP-006", "Faster block of stolen sessions", "incident", "INC-2026-01", "P-0020", "P-0002", "2026-02-05", "accepted", "P-0002", "2026-02-09",
    "2026-05-29", "2026-05-21", "Sessions end within five minutes of a lock", "done" },
}

-- ---- context, parties, objectives, scope ----

local ISSUE_FIELDS = { "id", "title", "kind", "category", "description", "relevant", "rationale", "effect", "owner", "identified_at", "reviewed_at",
  "risk_ids", "status" }
-- Planted: nothing is said on climate change, neither way.
local ISSUES = {
  { "CTX-01", "Data protection law in two countries", "external", "legal",
    "Customers' data fall under British and European law at once, and both are moving", true, "We process orders of consumers in both", "risk",
    "P-0012", "2019-02-04", "2026-02-16", { "R-005" }, "open" },
  { "CTX-02", "Customers ask for proof of security", "external", "market", "Tenders of larger customers require a certificate and quick answers",
    true, "Half of new revenue depends on it", "both", "P-0011", "2019-02-04", "2026-02-16", false, "open" },
  { "CTX-03", "Dependence on few cloud providers", "external", "supply_chain", "Shop, directory and code each hang on one provider", true,
    "An outage there is ours too", "risk", "P-0003", "2020-03-09", "2026-02-16", { "R-008" }, "open" },
  { "CTX-04", "Extortion by encryption", "external", "threat", "Criminal groups attack firms of our size week by week", true,
    "Two competitors were hit last year", "risk", "P-0002", "2021-03-01", "2026-02-16", { "R-001" }, "open" },
  { "CTX-05", "Fast growing code base", "internal", "technology", "Twelve releases a month and a monolith that is being split", true,
    "Speed must not cost safety", "both", "P-0009", "2019-02-04", "2026-02-16", { "R-004" }, "open" },
  { "CTX-06", "Working from home", "internal", "people", "A third of the staff works from home most of the week", true,
    "Devices leave our premises every day", "risk", "P-0006", "2020-03-23", "2026-02-16", { "R-007" }, "open" },
  { "CTX-07", "Knowledge in few heads", "internal", "organisation", "Platform and finance system are known in depth by three people each", true,
    "Their absence would slow down recovery", "risk", "P-0008", "2022-02-07", "2026-02-16", { "R-010" }, "open" },
  { "CTX-08", "Ageing file server", "internal", "technology", "The file server in Leeds reaches the end of its support next year", true,
    "Replacement is planned", "risk", "P-0007", "2024-02-12", "2026-02-16", { "R-009" }, "open" },
  { "CTX-09", "Office move in Lisbon", "internal", "organisation", "The Lisbon office moved into a larger building", true, "Done in 2025", "both",
    "P-0015", "2024-09-02", "2025-12-01", false, "closed" },
}

local PARTY_FIELDS = { "id", "party", "kind", "requirement", "basis", "addressed", "addressed_by", "risk_ids", "owner", "identified_at",
  "reviewed_at", "status" }
local PARTIES = {
  { "IP-01", "Data protection authorities", "authority", "Protect personal data, and report breaches within three days", "law", true,
    { "A.5.31", "A.5.34", "A.5.24", "A.5.26", "A.8.10", "A.8.11" }, { "R-005" }, "P-0012", "2018-05-14", "2026-02-16", "active" },
  { "IP-02", "Business customers", "customer", "Keep their data confidential, tell them of incidents, let them audit us", "contract", true,
    { "A.5.14", "A.5.20", "A.5.35", "A.6.6", "A.8.24" }, { "R-005", "R-002" }, "P-0010", "2018-05-14", "2026-02-16", "active" },
  { "IP-03", "Card schemes", "partner", "Keep card data out of our systems and test what faces the Internet", "contract", true,
    { "A.8.8", "A.8.20", "A.8.29" }, { "R-002" }, "P-0004", "2019-03-04", "2026-02-16", "active" },
  { "IP-04", "Employees", "employee", "Treat personnel records with care and say plainly what is monitored", "law", true, { "A.6.2", "A.5.33" },
    false, "P-0006", "2018-05-14", "2026-02-16", "active" },
  { "IP-05", "Owners", "owner", "Protect the value of the company and its name", "expectation", true, { "A.5.1", "A.5.4" }, false, "P-0001",
    "2018-05-14", "2026-02-16", "active" },
  { "IP-06", "Insurer", "insurer", "Second factor, tested backups, and an incident plan", "contract", true, { "A.8.5", "A.8.13", "A.5.24" },
    { "R-001" }, "P-0004", "2021-05-10", "2026-02-16", "active" },
  { "IP-07", "Landlords", "partner", "Keep fire doors free and log those who enter", "contract", true, { "A.7.2" }, false, "P-0015", "2019-06-03",
    "2026-02-16", "active" },
  { "IP-08", "Authors of software that we use", "other", "Keep to the licences", "law", true, { "A.5.32" }, false, "P-0012", "2019-06-03",
    "2026-02-16", "active" },
}

local OBJECTIVE_FIELDS = { "id", "title", "set_for", "policy_id", "risk_ids", "baseline", "target", "direction", "actions", "resources", "owner",
  "evaluation",
  "start_at", "due_at", "approved_by", "approved_at", "communicated_at", "last_evaluated_at", "status" }
local OBJECTIVES = {
  { "OBJ-2026-1", "Critical weaknesses on the Internet are gone within a week", "Engineering", "DOC-014", { "R-002" }, 74, 100, "at_least",
    "Alarm on the third day, patch train twice a week", "Two days a month of the platform team", "P-0008", "Share of those fixed in time",
    "2026-01-01", "2026-12-31", "P-0001", "2026-01-14", "2026-01-20", "2026-06-08", "active" },
  { "OBJ-2026-2", "Fewer than four in a hundred fall for a simulated mail", "company", "DOC-001", { "R-003" }, 7, 4, "at_most",
    "Two campaigns a year and a lesson after each fall", "Budget of the learning platform", "P-0025", "Share of recipients per campaign",
    "2026-01-01", "2026-12-31", "P-0001", "2026-01-14", "2026-01-20", "2026-05-18", "active" },
  { "OBJ-2026-3", "Every critical system comes back within its time", "IT Operations", "DOC-009", { "R-001" }, 83, 100, "at_least",
    "Restore trial per quarter and system", "One day per trial", "P-0016", "Trials within their time", "2026-01-01", "2026-12-31", "P-0001",
    "2026-01-14", "2026-01-20", "2026-05-18", "active" },
}

local SCOPE_FIELDS = { "id", "kind", "name", "in_scope", "reason", "owner", "decided_at", "reviewed_at" }
local SCOPE = {
  { "SCP-01", "site", "Bristol", true, false, "P-0001", "2018-05-14", "2026-01-19" }, { "SCP-02", "site", "Leeds", true, false, "P-0001",
    "2018-05-14", "2026-01-19" },
  { "SCP-03", "site", "Lisbon", true, false, "P-0001", "2026-01-19", "2026-01-19" }, { "SCP-04", "service", "Shop platform", true, false,
    "P-0001", "2018-05-14", "2026-01-19" }, { "SCP-05", "service", "Support portal", true, false, "P-0001", "2020-02-10", "2026-01-19" },
}

local COMMUNICATION_FIELDS = { "id", "record", "plan_id", "subject", "direction", "audience", "channel", "responsible", "interval", "about",
  "done_at", "evidence" }
local COMMUNICATIONS = {
  { "COM-01", "planned", false, "Security policy for customers", "external", { "customers" }, "website", "P-0019", "365 d" },
  { "COM-02", "made", "COM-01", "Security policy 5.0 on the website", "external", { "customers" }, "website", "P-0019", false, { "DOC-001" },
    "2025-11-03", "https://acme.example/security" },
  { "COM-03", "planned", false, "Security news for everybody", "internal", { "employee", "contractor" }, "town hall", "P-0002", "90 d" },
  { "COM-04", "made", "COM-03", "What the January incident taught us", "internal", { "employee", "contractor" }, "town hall", "P-0002", false,
    { "INC-2026-01" }, "2026-02-11", "Minutes of the town hall" },
  { "COM-05", "made", "COM-03", "Restore trials and what they showed", "internal", { "employee" }, "town hall", "P-0002", false, { "DOC-009" },
    "2026-05-20", "Minutes of the town hall" },
}

local EXCEPTIONS = {
  { "EXC-2026-01", "A.8.13", "copies_out_of_reach", "BKJ-06", "The old appliance in Leeds cannot lock its copies; its successor is ordered",
    "A second copy leaves for the recovery site every night, with accounts of its own", "P-0005", "2026-04-13", "2026-09-30" },
  -- ran out, so it excuses nothing any more
  { "EXC-2025-07", "A.5.1", "policies_reviewed", "DOC-019", "Review waits for the new desk concept of the Bristol office", false, "P-0005",
    "2025-11-24", "2026-05-31" },
}

function governance.write()
  register("roles", "Roles in information security and who holds them.", ROLE_FIELDS, ROLES)
  documents()
  register("audits", "Audits and independent reviews.", AUDIT_FIELDS, AUDITS)
  register("nonconformities", "Nonconformities and their corrective actions.", NC_FIELDS, NONCONFORMITIES)
  register("improvements", "Improvements and other actions.", IMPROVEMENTS_FIELDS, IMPROVEMENTS)
  register("context_issues", "What helps or hinders the management system.", ISSUE_FIELDS, ISSUES)
  register("interested_parties", "Who asks what of us.", PARTY_FIELDS, PARTIES)
  register("objectives", "Objectives of the year.", OBJECTIVE_FIELDS, OBJECTIVES)
  register("scope", "What the management system covers.", SCOPE_FIELDS, SCOPE)
  register("communications", "What is told to whom.", COMMUNICATION_FIELDS, COMMUNICATIONS)
  register("exceptions", "Deviations that were approved for a time.", { "id", "control", "check", "subject", "reason", "compensating", "approved_by",
    "approved_at", "expires_at" }, EXCEPTIONS)
end

return governance
