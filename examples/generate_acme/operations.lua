-- What changes: change records of the service desk, releases of the pipeline, firewall rules, network devices, installations.

local tools = require "generate_acme.tools"
local people = require "generate_acme.people"
local assets = require "generate_acme.assets"

local operations = {}

local day, date, moment = tools.day, tools.date, tools.moment
local random = tools.random "operations"
local AS_OF = day "2026-06-30"

-- What is changed: target, titles, assets.
local SUBJECTS = {
  { target = "application", what = { "Release of the shop platform", "New search index", "Checkout form revised", "Price rules revised" },
    assets = { "AST-002" } },
  { target = "application", what = { "Release of the support portal", "Ticket export revised" }, assets = { "AST-012" } },
  { target = "application", what = { "Release of the company website" }, assets = { "AST-011" } },
  { target = "infrastructure", what = { "Base image of the instances renewed", "Instance size adapted", "Log retention extended" }, servers = true },
  { target = "infrastructure", what = { "Rate limit at the gateway adapted", "Certificate at the gateway renewed" }, assets = { "AST-003" } },
  { target = "system", what = { "ERP update", "Bank interface of the ERP updated", "Cost centres restructured in the ERP" }, assets = { "AST-004" } },
  { target = "system", what = { "Operating system of the file server updated", "Storage of the file server extended" }, assets = { "AST-008" } },
  { target = "infrastructure", what = { "Backup agent updated", "Backup schedule adapted" }, assets = { "AST-010" } },
  { target = "infrastructure", what = { "Firmware of the access points updated", "Switch ports assigned anew" }, assets = { "AST-025", "AST-027" } },
}
local STANDARD = { "Monthly operating system patches", "Account limits of a cloud account raised", "Scheduled restart of the job runner",
  "Browser policy rolled out", "Printer driver rolled out" }
local EMERGENCY = { "Database failover after a storage fault", "Block of a source address after a flood of requests", "Hot fix for failed payments",
  "Restart of the mail relay with a larger queue", "Patch of the remote access gateway out of turn" }

local APPROVERS = { "P-0008", "P-0009", "P-0016", "P-0017", "P-0024" }

local changes, by_target = {}, {}

local function different(list, ...)
  while true do
    local id, clash = random:one_of(list), false
    for i = 1, select("#", ...) do clash = clash or id == (select(i, ...)) end
    if not clash then return id end
  end
end

local makers
local function add(change)
  changes[#changes + 1] = change
  return change
end

-- A change that was asked for, approved by a third person, and made.
local function ordinary(made, kind, subject, title)
  local requester = random:one_of(makers)
  local maker = different(makers, requester)
  local lead = random:int(2, 9)
  local servers = {}
  for i, server in ipairs(subject.servers and random:some(assets.servers, 2) or {}) do servers[i] = server.id end
  return add { title = title, target = subject.target, kind = kind, assets = subject.servers and servers or subject.assets, outcome = "success",
    requested_by = requester, requested = made - lead, requested_at = random:int(480, 700),
    approver = different(APPROVERS, requester, maker), approved = made - random:int(0, lead - 1), approved_at = random:int(710, 1000),
    maker = maker, made = made, made_at = random:int(1010, 1260), tester = different(makers, maker) }
end

local function make(scale)
  makers = {}
  local able = people.where(function(p)
    return (p.department == "Engineering" or p.department == "IT Operations") and p.kind == "employee"
      and not (p.finish or p.joins or p.moved)
  end)
  for i, person in ipairs(able) do makers[i] = person.id end
  for _ = 1, 96 * scale do
    local subject = random:one_of(SUBJECTS)
    local change = ordinary(day "2025-07-10" + random:int(0, 350), "normal", subject, random:one_of(subject.what))
    change.assessed, change.tested, change.rollback = true, true, true
    local draw = random:int(1, 100)
    if draw <= 3 then
      change.outcome = draw == 1 and "failed" or "rolled_back"
      change.reviewed = math.min(change.made + random:int(1, 9), AS_OF - 1)
    elseif draw <= 20 then
      change.reviewed = math.min(change.made + random:int(2, 12), AS_OF - 1)
    end
  end
  for _ = 1, 32 * scale do
    ordinary(day "2025-07-10" + random:int(0, 350), "standard", SUBJECTS[4], random:one_of(STANDARD)).assessed = true
  end
  for i = 1, 6 * scale do
    local made = day "2025-08-05" + random:int(0, 300)
    local change = ordinary(made, "emergency", SUBJECTS[5], EMERGENCY[(i - 1) % #EMERGENCY + 1])
    change.requested, change.approved, change.approved_at = made, made + 1, random:int(560, 900)
    change.requested_at, change.made_at, change.reviewed = 600, 640 + random:int(0, 300), made + random:int(2, 11)
    change.assessed, change.tested = false, false
  end
end

-- The planted gap: an emergency change that nobody ever looked at again.
local function plant()
  local change = ordinary(day "2026-05-11", "emergency", SUBJECTS[6], "Index of the ERP database rebuilt during the month-end run")
  change.requested, change.requested_at, change.approved, change.approved_at, change.made_at = change.made, 1100, change.made, 1160, 1190
  change.assessed, change.tested = false, false
end

local function isms_changes()
  for _, row in ipairs {
    { "2025-10-20", "Information security policy 5.0 introduced", "P-0002", "P-0005", "P-0013" },
    { "2026-01-19", "Lisbon office taken into the scope", "P-0002", "P-0005", "P-0013" },
    { "2026-04-15", "Risk criteria of 2026 introduced", "P-0002", "P-0005", "P-0013" } } do
    local made = day(row[1])
    add { title = row[2], target = "isms", kind = "normal", requested_by = row[3], requested = made - 30, requested_at = 540, approver = row[4],
      approved = made - 6, approved_at = random:int(540, 900), maker = row[5], made = made, made_at = 600, assessed = true, outcome = "success",
      reviewed = made + 21, assets = {} }
  end
end

-- Numbers follow the time of the request.
local function number()
  tools.sort(changes, function(a, b)
    if a.requested ~= b.requested then return a.requested < b.requested end
    if a.requested_at ~= b.requested_at then return a.requested_at < b.requested_at end
    return a.title < b.title
  end)
  for n, change in ipairs(changes) do
    change.id = ("CHG-%04d"):format(n)
    local target = change.kind == "normal" and change.outcome == "success" and change.made < AS_OF and change.title:match("^Release of the (.*)")
    local key = target or change.target
    by_target[key] = by_target[key] or {}
    table.insert(by_target[key], change)
  end
end

local function yes_no(value)
  if value == nil then return nil end
  return value and "yes" or "no"
end

local function write_changes()
  local out = tools.csv("evidence/service_desk/changes.csv", "changes", { "Number", "Short description", "Category", "Type", "State", "Risk assessed",
    "Requested by", "Requested at", "Approved by", "Approved at", "Implemented by", "Implemented at", "Configuration items", "Tested", "Tested by",
    "Back-out plan", "Reviewed at", "Close code" })
  for _, c in ipairs(changes) do
    out:row(c.id, c.title, c.target, c.kind, "Closed", yes_no(c.assessed), c.requested_by, moment(c.requested, c.requested_at), c.approver,
      moment(c.approved, c.approved_at), c.maker, moment(c.made, c.made_at), c.assets, yes_no(c.tested), c.tested and c.tester or nil,
      yes_no(c.rollback), c.reviewed and moment(c.reviewed, 700) or nil, (c.outcome:gsub("_", " ")))
  end
  -- on their way: neither made nor closed
  for i = 1, 4 do
    out:row(("CHG-%04d"):format(#changes + i), "Renewal of a service, part " .. i, "infrastructure", "normal", i < 3 and "Requested" or "Approved", "yes",
      makers[i], moment(AS_OF - 6 + i, 560), i >= 3 and "P-0008" or nil, i >= 3 and moment(AS_OF - 1, 600 + i) or nil, nil, nil, "AST-003", nil, nil,
        "yes")
  end
  out:row(("CHG-%04d"):format(#changes + 5), "Direct database access for the reporting team", "system", "normal", "Rejected", "yes", makers[6],
    "2026-02-16T09:20:00Z", nil, nil, nil, nil, "AST-001")
  out:close()
end

-- ---- what really changed ----

local APPLICATIONS = {
  { id = "APP-01", name = "Shop platform", asset_id = "AST-002", owner = "P-0009", internet_facing = true, transactions = true },
  { id = "APP-02", name = "Support portal", asset_id = "AST-012", owner = "P-0023", internet_facing = true, personal_data = true },
  { id = "APP-03", name = "Company website", asset_id = "AST-011", owner = "P-0019", internet_facing = true },
}

local function write_releases()
  local fields = { "id", "name", "asset_id", "origin", "owner", "security_contact", "internet_facing", "personal_data", "transactions",
    "lifecycle_document_id", "live_since", "status" }
  for _, app in ipairs(APPLICATIONS) do
    app.origin, app.security_contact, app.lifecycle_document_id, app.live_since, app.status = "in_house", "P-0013", "DOC-016", "2019-05-06", "live"
  end
  tools.yaml("registers/applications.yaml", "applications", "Applications that Acme builds itself.", fields, APPLICATIONS)
  local out = tools.json_list("evidence/ci/deployments.json", "releases", '{"environment":"production","deployments":[', "]}")
  local key = { ["shop platform"] = "APP-01", ["support portal"] = "APP-02", ["company website"] = "APP-03" }
  for _, name in ipairs { "shop platform", "support portal", "company website" } do
    for n, change in ipairs(by_target[name] or {}) do
      out:item(tools.object("application", key[name], "version", ("%d.%d.%d"):format(2025 + (change.made >= day "2026-01-01" and 1 or 0), n,
        change.made % 7),
        "change", change.id, "built", moment(change.made, change.made_at - 55), "approved_by", change.approver, "approved_at",
        moment(change.approved, change.approved_at), "deployed_by", change.maker, "deployed_at", moment(change.made, change.made_at + 3),
        "signature", tools.object("present", true, "verified", true), "status", "deployed"))
    end
  end
  out:close()
end

local DEVICES = {
  { "NET-01", "fw-leeds-a", "AST-023", "firewall" }, { "NET-02", "fw-leeds-b", "AST-024", "firewall" }, { "NET-03", "sw-leeds-core", "AST-025", "switch" },
  { "NET-04", "fw-bristol", "AST-026", "firewall" }, { "NET-05", "ap-bristol", "AST-027", "access_point" },
  { "NET-06", "vpn-leeds", "AST-028", "vpn_gateway" },
}

local function write_network(scale)
  local infrastructure = {}
  for _, change in ipairs(by_target.infrastructure) do
    if change.kind == "normal" and change.made < AS_OF then infrastructure[#infrastructure + 1] = change end
  end
  local records = {}
  for i, row in ipairs(DEVICES) do
    local change = infrastructure[#infrastructure - i]
    records[i] = { id = row[1], name = row[2], asset_id = row[3], kind = row[4], management_protocols = { "ssh", "https" }, management_exposed = false,
      central_authentication = true, default_credentials_changed = true, config_backup_at = moment(AS_OF - 1, 130 + i),
      config_changed_at = moment(change.made, change.made_at + 12), config_changed_by = change.maker, config_change_id = change.id,
      config_reviewed_at = "2026-03-17", owner = "P-0007", observed_at = "2026-06-29T04:00:00Z", status = "in_use" }
  end
  tools.yaml("registers/network_devices.yaml", "network_devices", "Devices of the office networks; times as the devices tell them.", { "id", "name",
    "asset_id", "kind", "management_protocols", "management_exposed", "central_authentication", "default_credentials_changed", "config_backup_at",
    "config_changed_at", "config_changed_by", "config_change_id", "config_reviewed_at", "owner", "observed_at", "status" }, records)
  local out = tools.csv("evidence/network/firewall_rules.csv", "firewall_rules", { "id", "device_id", "source", "destination", "services", "action",
    "enabled",
    "logged", "justification", "owner", "change_id", "created_at", "reviewed_by", "reviewed_at" })
  local hosts = { "10.20.1.0/24", "10.20.4.16", "10.20.4.32", "10.30.0.0/22", "10.20.9.8" }
  local services = { "tcp/443", "tcp/22", "udp/53;tcp/53", "tcp/1433" }
  local reasons = { "Monitoring of the servers", "Clients to the ERP", "Administration from the jump host", "Name resolution" }
  for i = 1, 34 * scale do
    local device = ({ "NET-01", "NET-02", "NET-04" })[(i - 1) % 3 + 1]
    local recent = i % 3 == 0
    local change = recent and infrastructure[(i * 5) % #infrastructure + 1] or nil
    local created = change and change.made or day "2023-02-01" + random:int(0, 700)
    local from = random:one_of(hosts)
    local reviewed = created <= day "2026-03-17"
    out:row(("%s/%d"):format(device, 100 + i * 10), device, from, different(hosts, from), random:one_of(services), "allow", "true", "true",
      random:one_of(reasons), "P-0007", change and change.id, date(created), reviewed and "P-0016" or nil, reviewed and "2026-03-17" or nil)
  end
  -- planted: a rule that appeared without any change
  out:row("NET-01/990", "NET-01", "any", "10.20.4.16", "tcp/3389", "allow", "true", "true", "Remote help of the ERP vendor", "P-0007", nil,
    "2026-04-27", nil, nil)
  out:row("NET-01/9999", "NET-01", "any", "any", "any", "deny", "true", "true", "Nothing else passes", "P-0007", nil, "2021-03-01", "P-0016",
    "2026-03-17")
  out:close()
end

local function write_installations()
  local out = tools.ndjson("evidence/inventory/installations.ndjson", "software_installations")
  for i, change in ipairs(by_target.system) do
    if change.kind == "normal" and change.made < AS_OF then
      local asset = change.assets[1]
      out:row("asset", asset, "product", asset == "AST-004" and "ERP server" or "File server", "version", ("%d.%d"):format(12 + i // 8, i % 8),
        "category", asset == "AST-004" and "application" or "operating_system", "installed_at", moment(change.made, change.made_at + 20), "installed_by",
        change.maker, "method", "deployment_tool", "change", change.id, "seen_at", "2026-06-29T03:00:00Z")
    end
  end
  for _, server in ipairs(assets.servers) do
    out:row("asset", server.id, "product", "Linux kernel", "version", "6.1." .. (130 + #server.id % 7), "category", "operating_system", "installed_at",
      moment(day "2026-06-03" + #server.name % 3, 200), "method", "automatic_update", "seen_at", "2026-06-29T03:00:00Z")
  end
  out:close()
end

function operations.write(scale)
  make(scale)
  plant()
  isms_changes()
  number()
  write_changes()
  write_releases()
  write_network(scale)
  write_installations()
end

return operations
