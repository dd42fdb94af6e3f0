-- Accounts, rights, their reviews, and the events in the life of identities: exports of the identity provider, of the
-- code host, of the cloud account, of the systems with accounts of their own, and of the service desk.

local tools = require "generate_acme.tools"
local people = require "generate_acme.people"

local access = {}

local day, date, moment = tools.day, tools.date, tools.moment
local random = tools.random "access"
local AS_OF = day "2026-06-30"

-- ---- reviews: what was there on the day is counted while accounts are written ----

-- System, reviewer, scope, day. The last one of CRM is the planted gap: it stopped half-way.
local REVIEWS = {}
do
  local reviewers = { Okta = "P-0007", GitHub = "P-0024", AWS = "P-0008", CRM = "P-0011", ERP = "P-0022", HRIS = "P-0006", ["Backup console"] = "P-0016" }
  local systems = { "Okta", "GitHub", "AWS", "CRM", "ERP", "HRIS", "Backup console" }
  for round, first in ipairs { "2025-10-06", "2026-01-12", "2026-04-13" } do
    for i, system in ipairs(systems) do
      REVIEWS[#REVIEWS + 1] = { id = ("AR-%s-%02d"):format(first:sub(1, 7), i), system = system, reviewer = reviewers[system],
        scope = round == 2 and "privileged" or "all", day = tools.weekday(day(first) + 2 * i), n = 0 }
    end
  end
  REVIEWS[#REVIEWS + 1] = { id = "AR-2026-06-01", system = "AWS", reviewer = "P-0008", scope = "privileged", day = day "2026-06-08", n = 0 }
  REVIEWS[#REVIEWS + 1] = { id = "AR-2026-06-02", system = "Okta", reviewer = "P-0007", scope = "privileged", day = day "2026-06-09", n = 0 }
end
local STOPPED_HALFWAY = "AR-2026-04-04"

local function count_for_reviews(system, privileged, created, closed)
  for _, review in ipairs(REVIEWS) do
    if review.system == system and (privileged or review.scope == "all") and (created == nil or created <= review.day)
      and (closed == nil or closed > review.day) then review.n = review.n + 1 end
  end
end

local function write_reviews()
  local out = tools.csv("registers/access_reviews.csv", "access_reviews", { "id", "system", "performed_at", "reviewer", "scope", "accounts_in_scope",
    "accounts_reviewed", "changes_required", "changes_done_at", "next_due_at" })
  for _, r in ipairs(REVIEWS) do
    local changes = random:int(0, 4)
    local reviewed = r.id == STOPPED_HALFWAY and math.floor(r.n * 0.6) or r.n
    out:row(r.id, r.system, date(r.day), r.reviewer, r.scope, r.n, reviewed, changes, changes > 0 and date(r.day + random:int(2, 11)) or nil,
      date(r.day + 91))
  end
  out:close()
end

-- ---- accounts ----

-- Those of people who left in June and are still open: the planted gap.
local FORGOTTEN = { ["P-0026"] = "CRM", ["P-0027"] = "Okta", ["P-0028"] = "GitHub" }

local function closes(person, system)
  if person.finish == nil or FORGOTTEN[person.id] == system then return nil end
  return person.finish
end

local function last_login(person, system)
  if person.id == "P-0026" and system == "CRM" then return moment(day "2026-06-08", 611) end -- three days after the last one
  if person.finish then return moment(person.finish, 60 * 9 + random:int(0, 300)) end
  return moment(math.max(person.start, day "2026-06-29" - random:int(0, 6)), random:int(420, 1080))
end

local function write_okta()
  local out = tools.csv("evidence/idp/okta_users.csv", "accounts", { "User ID", "Login", "Employee number", "Status", "Administrator", "Created",
    "Activated", "Last login", "Password changed", "MFA factors", "MFA enrolled", "Deactivated" })
  for n, person in ipairs(people.all) do
    if person.kind ~= "board" then
      local closed = closes(person, "Okta")
      local away = not person.finish and not person.named and not person.joins and random:int(1, 150) == 1
      local admin = person.title == "System administrator" or person.id == "P-0007" or person.id == "P-0016"
      count_for_reviews("Okta", admin, person.start - 3, closed)
      out:row(("00u%07d"):format(n * 7919 % 10000000), person.login, person.id, closed and "DEPROVISIONED" or away and "SUSPENDED" or "ACTIVE",
        admin and "true" or "false", moment(person.start - 3, 610), moment(person.start, 520), last_login(person, "Okta"),
        moment(math.max(person.start, day "2026-01-12" + random:int(0, 120)), 560),
        admin and "webauthn" or random:chance(70) and "push" or "webauthn", "true", closed and moment(closed, 1050) or nil)
    end
  end
  out:close()
end

local function uses_github(person)
  return (person.department == "Engineering" or person.department == "Security" or person.moved) and person.kind ~= "board"
end

local function write_github()
  local out = tools.json_list("evidence/github/members.json", "accounts", '{"organization":"acme-software","members":[', "]}")
  for _, person in ipairs(people.all) do
    if uses_github(person) then
      local login, closed = "acme-" .. person.login:gsub("%.", "-"), closes(person, "GitHub")
      if person.moved then closed = person.moved + 3 end
      local role = (person.id == "P-0008" or person.id == "P-0017" or person.id == "P-0024") and "owner" or "member"
      count_for_reviews("GitHub", role == "owner", person.start, closed)
      person.github = "github:" .. login
      out:item(tools.object("login", login, "role", role, "state", closed and "removed" or "active", "two_factor_enabled", true, "created_at",
        moment(person.start, 630), "removed_at", closed and moment(closed, 1065) or nil, "last_activity_at",
        closed and moment(closed, 700) or last_login(person, "GitHub"), "saml_identity", tools.object("name_id", person.login .. "@acme.example",
          "employee_number", person.id)))
    end
  end
  out:close()
end

local function write_aws()
  local out = tools.json_list("evidence/aws/identity_center_users.json", "accounts", '{"IdentityStoreId":"d-9999999999","Users":[', "]}")
  for _, person in ipairs(people.all) do
    if person.privileged and person.department ~= "IT Operations" or person.id == "P-0007" or person.id == "P-0016" then
      local admin = person.id == "P-0008" or person.title:find("reliability", 1, true) ~= nil
      local closed = closes(person, "AWS")
      count_for_reviews("AWS", admin, person.start, closed)
      person.aws = "aws:" .. person.login
      out:item(tools.object("UserName", person.login, "UserId", "u-" .. person.id:sub(3), "Enabled", closed == nil, "DisabledAt",
        closed and moment(closed, 1052) or nil, "CreatedAt", moment(person.start, 640), "PermissionSets",
        admin and { "AdministratorAccess" } or { "ReadOnlyAccess" }, "Privileged", admin, "ExternalIds",
        { tools.object("Issuer", "okta", "Id", person.id) }))
    end
  end
  out:close()
end

local SYSTEM_COLUMNS = { "id", "system", "username", "person_id", "kind", "privileged", "status", "mfa", "created_at", "disabled_at", "last_login_at",
  "owner", "approved_by" }

-- Systems with accounts of their own: who uses them, and who administers them.
local OWN = {
  { system = "CRM", prefix = "crm", departments = { Sales = true, ["Customer Success"] = true, Marketing = true }, admins = { "P-0011" } },
  { system = "ERP", prefix = "erp", departments = { Finance = true }, admins = { "P-0022" } },
  { system = "HRIS", prefix = "hris", departments = { People = true }, admins = { "P-0025" } },
  { system = "Backup console", prefix = "backup", departments = { ["IT Operations"] = true }, admins = { "P-0016", "P-0007" } },
}

-- Accounts of machines and for emergencies: id, system, name, kind, privileged, owner.
local MACHINES = {
  { "okta:svc-hr-sync", "Okta", "svc-hr-sync", "service", false, "P-0025" }, { "okta:break-glass-1", "Okta", "break-glass-1", "break_glass", true,
    "P-0002" },
  { "github:acme-ci", "GitHub", "acme-ci", "service", false, "P-0017" }, { "github:acme-renovate", "GitHub", "acme-renovate", "service", false, "P-0024" },
  { "aws:svc-deploy", "AWS", "svc-deploy", "service", true, "P-0017" }, { "aws:svc-monitoring", "AWS", "svc-monitoring", "service", false, "P-0020" },
  { "aws:svc-backup", "AWS", "svc-backup", "service", false, "P-0016" }, { "aws:break-glass", "AWS", "break-glass", "break_glass", true, "P-0002" },
  { "crm:svc-marketing-sync", "CRM", "svc-marketing-sync", "service", false, "P-0019" },
  { "erp:svc-bank-feed", "ERP", "svc-bank-feed", "service", false, "P-0022" },
  { "backup:svc-agent", "Backup console", "svc-agent", "service", false, "P-0016" },
}

local function member(list, item)
  for _, other in ipairs(list) do
    if other == item then return true end
  end
  return false
end

local function write_own_systems()
  local out = tools.csv("evidence/systems/accounts.csv", "accounts", SYSTEM_COLUMNS)
  for _, own in ipairs(OWN) do
    for _, person in ipairs(people.all) do
      if own.departments[person.department] and person.kind ~= "board" then
        local admin, closed = member(own.admins, person.id), closes(person, own.system)
        count_for_reviews(own.system, admin, person.start, closed)
        person[own.prefix] = ("%s:%s"):format(own.prefix, person.login)
        out:row(person[own.prefix], own.system, person.login, person.id, "human", tostring(admin), closed and "disabled" or "active", "true",
          moment(person.start, 655), closed and moment(closed, 1058) or nil, last_login(person, own.system), nil, person.manager)
      end
    end
  end
  for _, m in ipairs(MACHINES) do
    count_for_reviews(m[2], m[5], nil, nil)
    out:row(m[1], m[2], m[3], nil, m[4], tostring(m[5]), "active", nil, "2023-05-08T09:00:00Z", nil, moment(day "2026-06-29", random:int(0, 1400)), m[6],
      "P-0007")
  end
  out:close()
end

-- ---- rights ----

-- system, right, title, privileged, owner, further approvers, departments that may hold it
local ENTITLEMENTS = {
  { "Okta", "everyone", "Basic account", false, "P-0007", { "P-0016" }, nil },
  { "Okta", "remote-access", "Remote access to the office network", false, "P-0007", { "P-0016" }, nil },
  { "Okta", "administrator", "Administrator of the directory", true, "P-0007", { "P-0005" }, { "IT Operations" } },
  { "GitHub", "developer", "Write access to repositories", false, "P-0024", { "P-0008", "P-0009" }, { "Engineering", "Security" } },
  { "GitHub", "maintainer", "Settings of repositories", false, "P-0024", { "P-0008" }, { "Engineering" } },
  { "GitHub", "owner", "Owner of the organisation", true, "P-0003", { "P-0002" }, { "Engineering" } },
  { "AWS", "read-only", "Look at the cloud accounts", false, "P-0008", { "P-0017" }, nil },
  { "AWS", "power-user", "Change resources in staging", true, "P-0008", { "P-0003" }, { "Engineering" } },
  { "AWS", "administrator", "Administrator of a cloud account", true, "P-0003", { "P-0002" }, { "Engineering" } },
  { "CRM", "sales", "Accounts and opportunities", false, "P-0011", { "P-0019" }, { "Sales", "Marketing" } },
  { "CRM", "support", "Tickets and contacts", false, "P-0010", { "P-0023" }, { "Customer Success" } },
  { "CRM", "administrator", "Administrator of the CRM", true, "P-0005", { "P-0002" }, { "Sales" } },
  { "ERP", "ledger-reader", "Reports of the ledger", false, "P-0022", { "P-0004" }, { "Finance" } },
  { "ERP", "payables", "Enter and release payments below the limit", false, "P-0004", {}, { "Finance" } },
  { "ERP", "administrator", "Administrator of the ERP", true, "P-0004", { "P-0005" }, { "Finance" } },
  { "HRIS", "people-partner", "Personnel files of own teams", false, "P-0006", { "P-0025" }, { "People" } },
  { "HRIS", "administrator", "Administrator of the HR system", true, "P-0006", { "P-0005" }, { "People" } },
  { "Backup console", "operator", "Start and restore jobs", false, "P-0007", { "P-0016" }, { "IT Operations" } },
  { "Backup console", "administrator", "Change and delete jobs", true, "P-0007", { "P-0005" }, { "IT Operations" } },
}
local RIGHT = {}
for _, row in ipairs(ENTITLEMENTS) do RIGHT[row[1] .. "/" .. row[2]] = row end

local function write_entitlements()
  local out = tools.csv("registers/entitlements.csv", "entitlements", { "id", "system", "entitlement", "title", "privileged", "owner", "approvers",
    "departments", "reviewed_at" })
  for i, r in ipairs(ENTITLEMENTS) do
    out:row(("ENT-%02d"):format(i), r[1], r[2], r[3], tostring(r[4]), r[5], r[6], r[7], date(day "2026-02-02" + i))
  end
  out:close()
end

local ACCOUNT = { Okta = function(p) return "okta:" .. p.login end, GitHub = function(p) return p.github end, AWS = function(p) return p.aws end,
  CRM = function(p) return p.crm end, ERP = function(p) return p.erp end, HRIS = function(p) return p.hris end,
  ["Backup console"] = function(p) return p.backup end }

local grants = {}

-- A right is asked for by the person, and approved by the manager, or by the owner of the right where it is privileged.
local function grant(person, system, right, at, how)
  local row, account = RIGHT[system .. "/" .. right], ACCOUNT[system](person)
  if account == nil then return end
  local approver = row[4] and row[5] or person.manager or row[5]
  if approver == person.id then approver = row[6][1] end
  local finish = how and how.finish
  grants[#grants + 1] = { account = account, system = system, right = right, privileged = row[4], by = how and how.by or person.id,
    approver = how and how.approver or approver, at = at, minutes = random:int(480, 1000), expires = finish,
    revoked = how and how.revoked or finish and finish - random:int(0, 1), why = how and how.why or "Needed for the job" }
end

local BASE = { Engineering = { "GitHub", "developer" }, Security = { "GitHub", "developer" }, Sales = { "CRM", "sales" }, Marketing = { "CRM", "sales" },
  ["Customer Success"] = { "CRM", "support" }, Finance = { "ERP", "ledger-reader" }, People = { "HRIS", "people-partner" },
  ["IT Operations"] = { "Backup console", "operator" } }
local EXTRA = { Engineering = { "GitHub", "maintainer" }, Finance = { "ERP", "payables" } }

local function make_grants(scale)
  for _, person in ipairs(people.all) do
    local base = BASE[person.department]
    if person.joins then
      grant(person, "Okta", "everyone", person.start, { why = "First day" })
      if base then grant(person, base[1], base[2], person.start, { why = "First day" }) end
    elseif person.moved then
      grant(person, "GitHub", "developer", day "2025-07-02" + random:int(0, 20), { revoked = person.moved + random:int(1, 8), why = "Project work" })
      grant(person, "Okta", "remote-access", person.moved + random:int(0, 20), { why = "New job" })
    end
  end
  local staying = people.where(function(p) return p.manager and not p.finish and not p.joins and not p.moved and p.kind ~= "board" end)
  for _, person in ipairs(random:some(staying, 150 * scale)) do
    local extra = EXTRA[person.department]
    local at = day "2025-07-10" + random:int(0, 345)
    if extra and random:chance(50) then
      grant(person, extra[1], extra[2], at, { why = "Wider duties" })
    elseif random:chance(70) then
      grant(person, "Okta", "remote-access", at, { why = "Works from home part of the week" })
    else
      grant(person, "Okta", "remote-access", at, { finish = at + random:int(14, 90), why = "Travel" })
    end
  end
  for _, person in ipairs(people.where(function(p) return p.aws and not p.finish and not p.joins end)) do
    if person.title:find("reliability", 1, true) then
      grant(person, "AWS", "administrator", day "2025-09-01" + random:int(0, 260), { finish = nil, why = "On call for production" })
    else
      grant(person, "AWS", "read-only", day "2025-09-01" + random:int(0, 260), { why = "Monitoring" })
    end
  end
  -- planted: the IT operations lead approved the most powerful right on the backups for himself
  grant(people.by_id["P-0016"], "Backup console", "administrator", day "2026-03-24",
    { by = "P-0007", approver = "P-0016", why = "Migration of the backup appliance" })
end

local function write_grants(scale)
  make_grants(scale)
  tools.sort(grants, function(a, b)
    if a.at ~= b.at then return a.at < b.at end
    if a.account ~= b.account then return a.account < b.account end
    return a.right < b.right
  end)
  local out = tools.ndjson("evidence/service_desk/access_requests.ndjson", "access_grants")
  for n, g in ipairs(grants) do
    out:row("request", ("REQ-%05d"):format(20000 + n * 3), "state", g.revoked and g.revoked <= AS_OF and "removed" or "fulfilled", "account", g.account,
      "system", g.system, "item", g.right, "elevated", g.privileged, "requester", g.by, "approver", g.approver, "fulfilled_at", moment(g.at, g.minutes),
      "valid_until", g.expires and moment(g.expires, 1080) or nil, "removed_at", g.revoked and g.revoked <= AS_OF and moment(g.revoked, 1020) or nil,
      "reason", g.why)
  end
  out:close()
end

-- ---- joiners, movers, leavers ----

local function write_events()
  local out = tools.ndjson("evidence/hr/lifecycle_events.ndjson", "identity_events")
  local n = 0
  local function row(kind, person, effective, reviewed)
    n = n + 1
    out:row("id", ("IDE-%04d"):format(n), "kind", kind, "person_id", person.id, "raised_at", moment(effective - random:int(5, 20), random:int(480, 960)),
      "effective_at", date(effective), "requested_by", "P-0025", "identity_verified", kind == "joiner" and true or nil, "verification_method",
      kind == "joiner" and "passport" or nil, "rights_reviewed_at", reviewed and moment(reviewed, 900) or nil, "completed_at",
      moment(effective + (kind == "mover" and 9 or 0), 1060), "status", "done")
  end
  for _, person in ipairs(people.all) do
    if person.joins then row("joiner", person, person.start) end
    if person.moved then row("mover", person, person.moved, person.moved + random:int(1, 8)) end
    if person.finish then row("leaver", person, person.finish) end
  end
  out:close()
end

function access.write(scale)
  write_okta()
  write_github()
  write_aws()
  write_own_systems()
  write_reviews()
  write_entitlements()
  write_grants(scale)
  write_events()
end

return access
