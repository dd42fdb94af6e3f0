-- Suppliers, what they were judged by, and when.

local tools = require "generate_acme.tools"

local partners = {}

local random = tools.random "partners"
local day, date = tools.day, tools.date

-- id, name, service, owner, criticality, flags, start of the contract, countries, certificates
-- flags: c cloud, i product with software, d develops for us, a sees our information, p personal data, t terminated
local SUPPLIERS = {
  { "SUP-001", "AWS", "Cloud infrastructure", "P-0008", "critical", "ciap", "2019-03-01", { "IE" }, { "ISO 27001", "SOC 2 Type II" } },
  { "SUP-002", "Okta", "Directory and single sign-on", "P-0007", "critical", "ciap", "2020-06-01", { "IE" }, { "ISO 27001", "SOC 2 Type II" } },
  { "SUP-003", "GitHub", "Code hosting", "P-0024", "high", "cia", "2019-03-01", { "US" }, { "ISO 27001", "SOC 2 Type II" } },
  { "SUP-004", "Leadwell", "Customer relationship system", "P-0011", "high", "ciap", "2020-10-01", { "IE" }, { "ISO 27001" } },
  { "SUP-005", "Peoplework", "HR system", "P-0006", "high", "ciap", "2021-04-01", { "DE" }, { "ISO 27001" } },
  { "SUP-006", "Paybridge", "Card payments", "P-0004", "critical", "iap", "2019-05-06", { "NL" }, { "ISO 27001", "PCI DSS" } },
  { "SUP-007", "Mailhaven", "Mail delivery", "P-0017", "medium", "ciap", "2021-09-01", { "IE" }, { "SOC 2 Type II" } },
  { "SUP-008", "Northwind Telecom", "Lines and telephony", "P-0007", "high", "i", "2018-02-01", { "GB" }, { "ISO 27001" } },
  { "SUP-009", "Learnly", "Learning platform", "P-0025", "low", "ciap", "2025-09-01", { "IE" }, { "ISO 27001" } },
  { "SUP-010", "Tallis and Reed", "Auditors of the accounts", "P-0004", "medium", "a", "2017-01-02", { "GB" }, false },
  { "SUP-011", "Corvus Watch", "Monitoring outside office hours", "P-0020", "high", "ia", "2024-11-04", { "PT" }, { "ISO 27001" } },
  { "SUP-012", "Greenleaf Recycling", "Disposal of equipment", "P-0007", "medium", "a", "2022-05-02", { "GB" }, { "ISO 27001" } },
  { "SUP-013", "Castle Cooling", "Cooling of the server room", "P-0015", "low", "", "2020-01-06", { "GB" }, false },
  { "SUP-014", "Nordkode", "Developers for the product teams", "P-0009", "high", "da", "2024-06-03", { "PT" }, { "ISO 27001" } },
  { "SUP-015", "Ledgerline", "Licence and support of the ERP", "P-0022", "high", "ia", "2018-03-05", { "GB" }, { "ISO 27001" } },
  { "SUP-016", "Redwood Testing", "Penetration tests", "P-0013", "medium", "a", "2023-01-16", { "GB" }, { "CREST" } },
  { "SUP-017", "Thames Valley Colocation", "Recovery site", "P-0016", "high", "", "2021-02-01", { "GB" }, { "ISO 27001" } },
  { "SUP-018", "Brightwater Catering", "Canteen", "P-0015", "low", "", "2019-08-05", { "GB" }, false },
  -- planted: came in without an assessment before
  { "SUP-019", "Fathom Insights", "Web analytics", "P-0019", "medium", "ciap", "2025-12-01", { "US" }, false },
  { "SUP-020", "Harbour Staffing", "Temporary staff", "P-0006", "medium", "ap", "2021-11-01", { "GB" }, false },
  { "SUP-021", "Albion Certification", "Certification body", "P-0002", "low", "a", "2018-09-03", { "GB" }, { "ISO/IEC 17021" } },
  { "SUP-022", "Lindholm Audit", "Help for internal audits", "P-0014", "low", "a", "2026-02-02", { "GB" }, false },
  { "SUP-023", "Wren and Partners", "Law firm", "P-0012", "medium", "ap", "2018-06-04", { "GB" }, false },
  { "SUP-024", "Oldfield Hosting", "Former hosting of the website", "P-0019", "medium", "cat", "2016-04-04", { "GB" }, false },
}

local CLAUSES = { "confidentiality", "incident_notification", "return_or_deletion", "compliance", "audit", "subcontracting", "termination" }

local function flag(flags, letter) return flags:find(letter, 1, true) and true or nil end

local function matters(s) return s[6]:find("[ap]") ~= nil or s[5] == "high" or s[5] == "critical" end

local FIELDS = { "id", "name", "service", "owner", "criticality", "cloud", "ict_product", "develops_for_us", "accesses_information",
  "processes_personal_data", "data_locations", "contract_start", "contract_end", "security_clauses", "nda_signed_at", "dpa_signed_at",
  "onboarding_assessed_at", "last_reviewed_at", "next_review_at", "certifications", "certification_expires_at", "right_to_audit", "incident_notice",
  "subcontractors_known", "status" }

function partners.write()
  local suppliers = {}
  local out = tools.csv("registers/supplier_assessments.csv", "supplier_assessments", { "id", "supplier_id", "kind", "method", "scope", "performed_at",
    "assessor", "score", "rating", "findings", "findings_open", "findings_due_at", "findings_closed_at", "decision", "decided_by", "decided_at",
    "next_due_at" })
  local n = 0
  local function assess(s, kind, at, method, findings)
    n = n + 1
    local decider = s[5] == "critical" and "P-0003" or s[4] ~= "P-0013" and s[4] or "P-0002"
    out:row(("SA-%03d"):format(n), s[1], kind, method, s[3], date(at), "P-0013", 72 + random:int(0, 25), findings > 0 and "medium" or "low", findings, 0,
      findings > 0 and date(at + 60) or nil, findings > 0 and date(at + random:int(20, 55)) or nil, findings > 0 and "conditional" or "accept", decider,
      date(at + random:int(2, 9)), date(at + 365))
  end
  for i, s in ipairs(SUPPLIERS) do
    local start, flags = day(s[7]), s[6]
    local record = { id = s[1], name = s[2], service = s[3], owner = s[4], criticality = s[5], cloud = flag(flags, "c"), ict_product = flag(flags, "i"),
      develops_for_us = flag(flags, "d"), accesses_information = flag(flags, "a"), processes_personal_data = flag(flags, "p"), data_locations = s[8],
      contract_start = s[7], certifications = s[9] or nil, status = flag(flags, "t") and "terminated" or "active" }
    if matters(s) then
      record.security_clauses, record.nda_signed_at, record.incident_notice = CLAUSES, date(start - 12), "24 h"
      record.right_to_audit, record.subcontractors_known = true, true
      if flag(flags, "p") then record.dpa_signed_at = date(start - 10) end
      if s[1] ~= "SUP-019" then
        local before = start - 20 - random:int(0, 40)
        record.onboarding_assessed_at = date(before)
        assess(s, "onboarding", before, s[9] and "certificate_review" or "questionnaire", i % 4 == 0 and 2 or 0)
      end
      local last = start + 300 < day "2025-09-01" and day "2025-09-15" + i * 10 or nil
      if last and not flag(flags, "t") then
        assess(s, "periodic", last, s[9] and "report_review" or "questionnaire", i % 5 == 0 and 1 or 0)
        record.last_reviewed_at, record.next_review_at = date(last), date(last + 365)
      end
    end
    if s[9] then record.certification_expires_at = date(day "2026-11-01" + i * 23) end
    if flag(flags, "t") then
      record.contract_end = "2026-01-31"
      assess(s, "exit", day "2026-02-17", "questionnaire", 0)
    end
    suppliers[i] = record
  end
  out:close()
  tools.yaml("registers/suppliers.yaml", "suppliers", "Suppliers, cloud providers included.", FIELDS, suppliers)
end

return partners
