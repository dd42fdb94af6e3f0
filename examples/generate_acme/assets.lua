-- What Acme owns and uses: the inventory, the devices as device management sees them, and what compares the two.

local tools = require "generate_acme.tools"
local people = require "generate_acme.people"

local assets = { servers = {} }

local day, date = tools.day, tools.date
local random = tools.random "assets"

local FIELDS = { "id", "name", "type", "owner", "custodian", "classification", "location", "environment", "confidentiality", "integrity", "availability",
  "status", "assigned_to", "acquired_at", "returned_at", "disposed_at", "reviewed_at", "internet_facing", "holds_personal_data",
  "encrypted_at_rest", "critical", "supplier_id" }

local PROD, STAGING = "111122223333", "222233334444"
assets.PROD, assets.STAGING = PROD, STAGING

-- id, name, type, owner, classification, location, environment, C, I, A, flags, supplier, confirmed
-- flags: e faces the Internet, p holds personal data, c critical, x encrypted at rest
local CORE = {
  { "AST-001", "Customer database", "cloud_resource", "P-0008", "confidential", PROD, "production", 5, 5, 5, "pcx", "SUP-001", "2026-02-11" },
  { "AST-002", "Shop platform", "software", "P-0009", "internal", PROD, "production", 3, 4, 5, "ec", nil, "2026-02-11" },
  { "AST-003", "Public API gateway", "cloud_resource", "P-0017", "internal", PROD, "production", 3, 4, 5, "ec", "SUP-001", "2026-02-11" },
  { "AST-004", "ERP", "software", "P-0022", "confidential", "Leeds server room", "production", 4, 5, 4, "cx", nil, "2026-03-04" },
  { "AST-005", "Source code", "information", "P-0024", "confidential", "GitHub", "production", 4, 5, 4, "cx", nil, "2026-02-20" },
  { "AST-006", "Personnel and payroll records", "information", "P-0006", "restricted", "HRIS", "production", 5, 4, 3, "px", nil, "2026-01-28" },
  { "AST-007", "Okta", "service", "P-0007", "internal", "Cloud", "production", 4, 5, 5, "ec", "SUP-002", "2026-02-18" },
  { "AST-008", "File shares", "information", "P-0005", "confidential", "Leeds server room", "production", 4, 4, 4, "pcx", nil, "2026-03-04" },
  { "AST-009", "CRM", "service", "P-0011", "confidential", "Cloud", "production", 4, 3, 3, "px", "SUP-004", "2026-02-18" },
  { "AST-010", "Backup console", "software", "P-0016", "internal", "Leeds server room", "production", 3, 3, 3, "x", nil, "2026-03-04" },
  { "AST-011", "Company website", "software", "P-0019", "public", PROD, "production", 1, 3, 3, "e", nil, "2026-02-11" },
  { "AST-012", "Support portal", "software", "P-0023", "confidential", PROD, "production", 4, 4, 3, "epx", nil, "2026-02-11" },
  { "AST-013", "Analytics warehouse", "cloud_resource", "P-0021", "confidential", PROD, "production", 4, 4, 3, "px", "SUP-001", "2026-02-11" },
  { "AST-014", "GitHub", "service", "P-0024", "confidential", "Cloud", "production", 4, 5, 4, "ec", "SUP-003", "2026-02-18" },
  { "AST-015", "AWS", "service", "P-0008", "confidential", "Cloud", "production", 4, 3, 3, "", "SUP-001", "2026-02-18" },
  { "AST-016", "HRIS", "service", "P-0006", "restricted", "Cloud", "production", 5, 4, 3, "p", "SUP-005", "2026-01-28" },
  { "AST-017", "Board papers", "information", "P-0001", "restricted", "Board portal", "office", 5, 3, 2, "x", nil, "2026-01-12" },
  { "AST-018", "AWS account acme-prod", "cloud_resource", "P-0008", "confidential", PROD, "production", 4, 3, 3, "x", "SUP-001", "2026-02-11" },
  { "AST-019", "AWS account acme-staging", "cloud_resource", "P-0008", "internal", STAGING, "staging", 2, 2, 2, "x", "SUP-001", "2026-02-11" },
  { "AST-020", "Bristol headquarters", "facility", "P-0015", "internal", "Bristol", "office", 2, 2, 3, "", nil, "2026-04-15" },
  { "AST-021", "Leeds office", "facility", "P-0015", "internal", "Leeds", "office", 2, 2, 3, "", nil, "2026-04-15" },
  { "AST-022", "Lisbon office", "facility", "P-0015", "internal", "Lisbon", "office", 2, 2, 2, "", nil, "2026-04-16" },
  { "AST-023", "Firewall Leeds A", "hardware", "P-0007", "internal", "Leeds server room", "production", 3, 3, 3, "", nil, "2026-03-04" },
  { "AST-024", "Firewall Leeds B", "hardware", "P-0007", "internal", "Leeds server room", "production", 3, 3, 3, "", nil, "2026-03-04" },
  { "AST-025", "Core switch Leeds", "hardware", "P-0007", "internal", "Leeds server room", "production", 2, 3, 3, "", nil, "2026-03-04" },
  { "AST-026", "Firewall Bristol", "hardware", "P-0007", "internal", "Bristol comms room", "production", 3, 3, 3, "", nil, "2026-03-05" },
  { "AST-027", "Access points Bristol", "hardware", "P-0007", "internal", "Bristol", "production", 2, 2, 2, "", nil, "2026-03-05" },
  { "AST-028", "Remote access gateway", "hardware", "P-0007", "internal", "Leeds server room", "production", 3, 3, 3, "e", nil, "2026-03-04" },
  { "AST-029", "Access control system", "software", "P-0015", "internal", "Bristol comms room", "production", 3, 3, 3, "px", nil, "2026-04-15" },
  { "AST-030", "Learning platform", "service", "P-0025", "internal", "Cloud", "production", 2, 2, 2, "p", "SUP-009", "2026-01-28" },
}

local SERVICES = { "shop-web", "shop-api", "orders", "payments-adapter", "search", "mailer", "reporting" }

local function flag(flags, letter) return flags:find(letter, 1, true) and true or nil end

local function write_core(out)
  for _, r in ipairs(CORE) do
    local flags = r[11]
    out:row(r[1], r[2], r[3], r[4], nil, r[5], r[6], r[7], r[8], r[9], r[10], "in_use", nil, "2021-03-01", nil, nil, r[13], flag(flags, "e"),
      flag(flags, "p"), flag(flags, "x"), flag(flags, "c"), r[12])
  end
end

-- Instances in the cloud: four to a service, two in production, two in staging.
local function write_servers(out, scale)
  for i = 1, 28 * scale do
    local service = SERVICES[(i - 1) % #SERVICES + 1]
    local production = (i - 1) // #SERVICES % 4 < 2
    local server = { id = ("AST-C%03d"):format(i), name = ("%s-%s-%02d"):format(service, production and "prod" or "stg", (i - 1) // #SERVICES + 1),
      account = production and PROD or STAGING, production = production }
    assets.servers[i] = server
    local acquired = day "2023-01-09" + random:int(0, 900)
    out:row(server.id, server.name, "cloud_resource", random:one_of { "P-0008", "P-0017" }, "P-0017", "internal", server.account,
      production and "production" or "staging", 2, 3, 3, "in_use", nil, date(acquired), nil, nil, date(math.max(acquired, day "2026-02-11")), nil, nil,
      true, nil, "SUP-001")
  end
end

-- A laptop for everybody; those of people who left lie in store.
local function write_laptops(out)
  local n = 0
  for _, person in ipairs(people.all) do
    if person.kind ~= "board" then
      n = n + 1
      local id = ("AST-L%04d"):format(n)
      local bought = math.max(person.start - random:int(2, 20), day "2022-04-04" + random:int(0, 1100))
      if person.joins then bought = person.start - random:int(2, 20) end
      if person.finish then bought = math.min(bought, person.finish - 200) end
      local stock = day "2026-03-02" + random:int(0, 18)
      person.laptop, person.laptop_bought = id, bought
      out:row(id, ("LT-%04d"):format(n), "hardware", "P-0007", "P-0016", "internal", person.site, "office", nil, nil, nil,
        person.finish and "in_store" or "in_use", not person.finish and person.id or nil, date(bought),
        date(person.finish and person.finish + random:int(0, 4)), nil, bought < stock and date(stock) or nil, nil, nil, true)
    end
  end
end

-- The list of managed devices, in the form in which a device management service gives it.
local function write_devices()
  local out = tools.json_list("evidence/mdm/managed_devices.json", "endpoints", '{"@odata.count":null,"value":[', "]}")
  for _, person in ipairs(people.all) do
    if person.laptop and not person.finish then
      local mac = person.department == "Engineering" or person.department == "Product" or person.department == "Marketing"
      local seen = day "2026-06-29" - (random:chance(88) and 0 or random:int(1, 16))
      out:item(tools.object("id", ("dev-%s"):format(person.laptop:sub(6)), "deviceName", "LT-" .. person.laptop:sub(6), "assetTag", person.laptop,
        "employeeNumber", person.id, "managedDeviceOwnerType", "company", "operatingSystem", mac and "macOS" or "Windows",
        "osVersion", mac and "15.5" or "10.0.26100", "complianceState", random:chance(98) and "compliant" or "noncompliant", "isEncrypted", true,
        "enrolledDateTime", tools.moment(math.max(person.laptop_bought + 1, person.start), 540 + random:int(0, 200)),
        "lastSyncDateTime", tools.moment(seen, random:int(300, 1200))))
    end
  end
  out:close()
end

local RECONCILIATIONS = tools.rows({ "id", "subject", "method", "source", "scope", "performed_at", "performed_by", "register_items", "found_items",
  "matched_items", "unknown_items", "missing_items", "wrong_items", "resolved_at", "next_due_at" }, {
  { "REC-2026-01", "hardware", "stocktake", "Walk through the three offices, and device management", "laptops and network devices", "2026-03-20",
    "P-0016", 252, 251, 247, 2, 3, 2, "2026-04-09", "2027-03-20" },
  { "REC-2026-02", "software", "discovery_scan", "Device management and single sign-on", "all company laptops", "2026-03-06", false, 118, 121,
    117, 4, 1, 0, "2026-03-27", "2027-03-06" },
  { "REC-2026-03", "cloud_resources", "discovery_scan", "Resource listing of both AWS accounts", "instances, databases and gateways",
    "2026-05-18", false, 33, 33, 33, 0, 0, 0, false, "2026-08-18" },
  { "REC-2026-04", "suppliers", "ledger_comparison", "Payables ledger and card statements of twelve months", "payments above 1,000", "2026-02-24",
    "P-0018", 24, 24, 24, 0, 0, 0, false, "2027-02-24" },
  { "REC-2025-09", "accounts", "sample", "Directory against the HR system", "Okta", "2025-11-18", "P-0020", 40, 40, 40, 0, 0, 0, false, "2026-11-18" },
})

function assets.write(scale)
  local out = tools.csv("registers/assets.csv", "assets", FIELDS)
  write_core(out)
  write_servers(out, scale)
  write_laptops(out)
  out:close()
  write_devices()
  tools.yaml("registers/reconciliations.yaml", "reconciliations", "Where a register was held against what is really there.", { "id", "subject",
    "method", "source", "scope", "performed_at", "performed_by", "register_items", "found_items", "matched_items", "unknown_items", "missing_items",
    "wrong_items", "resolved_at", "next_due_at" }, RECONCILIATIONS)
end

return assets
