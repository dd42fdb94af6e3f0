-- Premises: areas, rights to enter, the log of the access control system, the visitor book.

local tools = require "generate_acme.tools"
local people = require "generate_acme.people"

local premises = {}

local day, date, moment = tools.day, tools.date, tools.moment
local random = tools.random "premises"
local AS_OF = day "2026-06-30"

-- The rights come from an export of this day; what happened since it does not tell. Planted: it is too old to judge leavers.
local EXPORTED = day "2026-04-30"

local ZONE_FIELDS = { "id", "name", "site", "kind", "level", "parent_id", "status", "owner", "supplier_id", "barriers", "entry_by", "entry_logged",
  "intruder_alarm", "cameras", "watched", "reviewed_at" }
local ZONES = tools.rows(ZONE_FIELDS, {
  { "Z-BRS", "Bristol", "Bristol", "building", 1, false, "in_use", "P-0015", false, { "reception" }, { "open" }, true, true, true, "always",
    "2026-04-15" },
  { "Z-BRS-OFF", "Bristol office", "Bristol", "office", 2, "Z-BRS", "in_use", "P-0015", false, { "turnstile" }, { "badge" }, true, true, true,
    "always", "2026-04-15" },
  { "Z-BRS-COM", "Bristol comms room", "Bristol", "comms_room", 3, "Z-BRS-OFF", "in_use", "P-0007", false, { "locked_door" }, { "badge" }, true,
    true, true, "always", "2026-04-15" },
  { "Z-BRS-ARC", "Bristol archive", "Bristol", "archive", 3, "Z-BRS-OFF", "in_use", "P-0012", false, { "locked_door" }, { "badge" }, true, true,
    false, "out_of_hours", "2026-04-15" },
  { "Z-LDS", "Leeds", "Leeds", "building", 1, false, "in_use", "P-0015", false, { "reception" }, { "open" }, true, true, true, "always", "2026-04-15" },
  { "Z-LDS-OFF", "Leeds office", "Leeds", "office", 2, "Z-LDS", "in_use", "P-0015", false, { "turnstile" }, { "badge" }, true, true, true,
    "always", "2026-04-15" },
  { "Z-LDS-SRV", "Leeds server room", "Leeds", "server_room", 4, "Z-LDS-OFF", "in_use", "P-0007", false, { "full_height_walls", "locked_door" },
    { "badge", "pin" }, true, true, true, "always", "2026-04-15" },
  { "Z-LIS", "Lisbon office", "Lisbon", "office", 2, false, "in_use", "P-0015", false, { "locked_door" }, { "badge" }, true, true, false,
    "out_of_hours", "2026-04-16" },
  { "Z-COL", "Recovery site", "Reading", "data_centre", 4, false, "in_use", "P-0007", "SUP-017", { "guard", "mantrap" }, { "badge", "guard" },
    true, true, true, "always", "2026-04-15" },
})

-- Who may enter which restricted area.
local function may_enter(zone, person)
  if zone == "Z-LDS-SRV" then return person.title == "System administrator" or person.id == "P-0007" or person.id == "P-0016" end
  if zone == "Z-BRS-COM" then return person.title == "Network engineer" or person.title == "System administrator" or person.id == "P-0016" end
  return person.department == "Legal" or person.department == "Finance" and person.title == "Accountant" or person.id == "P-0025"
end

local grants = {}

local function badge_of(person) return ("B-%05d"):format(10000 + tonumber(person.id:sub(3)) * 7) end

local function write_grants()
  local out = tools.csv("evidence/access_control/rights.csv", "physical_grants", { "id", "zone_id", "person_id", "credential", "credential_number",
    "requested_by", "approved_by", "granted_at", "last_used_at", "reviewed_at", "reviewed_by", "lost_at", "revoked_at", "returned_at" })
  local owner = { ["Z-LDS-SRV"] = "P-0007", ["Z-BRS-COM"] = "P-0007", ["Z-BRS-ARC"] = "P-0012" }
  local n = 0
  for _, zone in ipairs { "Z-LDS-SRV", "Z-BRS-COM", "Z-BRS-ARC" } do
    for _, person in ipairs(people.all) do
      if may_enter(zone, person) and person.start < EXPORTED and person.kind ~= "board" then
        n = n + 1
        local given = math.max(person.start, day "2021-02-01" + random:int(0, 900))
        local approver = owner[zone] ~= person.id and owner[zone] or person.manager
        local reviewed = day(zone == "Z-LDS-SRV" and "2026-04-22" or "2026-02-25")
        local finish = person.finish and person.finish <= EXPORTED and person.finish or nil
        local used = finish and finish - random:int(0, 3) or EXPORTED - random:int(1, 20)
        if used < given then used = given end
        local looked_at = finish == nil and given <= reviewed
        out:row(("PG-%04d"):format(n), zone, person.id, "badge", badge_of(person), "P-0015", approver, moment(given, 560), moment(used, 620),
          looked_at and date(reviewed) or nil, looked_at and (owner[zone] ~= person.id and owner[zone] or "P-0005") or nil, nil,
          finish and moment(finish, 1045) or nil, finish and date(finish) or nil)
        grants[#grants + 1] = { zone = zone, person = person, badge = badge_of(person), from = given, to = person.finish }
      end
    end
  end
  -- a badge that was lost, and blocked two hours later
  out:row(("PG-%04d"):format(n + 1), "Z-LIS", "P-0009", "badge", "B-90311", "P-0015", "P-0015", "2021-05-03T09:00:00Z", "2026-01-15T08:31:00Z",
    "2025-11-03", "P-0015", "2026-01-16T10:00:00Z", "2026-01-16T12:05:00Z", nil)
  out:close()
end

local VISITORS = { "Alan Pike", "Brenda Cole", "Chris Dunn", "Dora Finch", "Evan Gale", "Gina Holt", "Harold Innes", "Irene Joyce", "Keith Lane",
  "Lorna Munro", "Mona Nash", "Neil Orr", "Opal Pratt", "Quentin Rowe", "Sheila Tate", "Umar Voss", "Wanda York" }
local FIRMS = { "Northgate Lifts", "Castle Cooling", "Brightwater Catering", "Wren and Partners", "Meridian Logistics", "Fenwick Interiors" }

local HOSTS = { "P-0005", "P-0006", "P-0009", "P-0010", "P-0011", "P-0015", "P-0021" }

local visits = {}

local function make_visits(scale)
  for n = 1, 56 * scale do
    local arrives = tools.weekday(day "2025-07-14" + random:int(0, 344))
    local kind = random:one_of { "visitor", "visitor", "visitor", "visitor", "contractor", "maintenance", "delivery" }
    local minutes = random:int(510, 900)
    local leeds = random:chance(40)
    local restricted = kind == "maintenance" and leeds
    visits[n] = { day = arrives, minutes = minutes, kind = kind, name = random:one_of(VISITORS), firm = random:one_of(FIRMS),
      site = leeds and "Leeds" or "Bristol",
      zones = restricted and { "Z-LDS-OFF", "Z-LDS-SRV" } or { (leeds and "Z-LDS" or "Z-BRS") .. (kind == "delivery" and "" or "-OFF") },
      host = restricted and "P-0007" or kind == "delivery" and "P-0015" or random:one_of(HOSTS),
      escort = restricted and "P-0016" or nil, badge = kind ~= "delivery" and ("V-%02d"):format(random:int(1, 40)) or nil,
      left = minutes + random:int(20, 300), restricted = restricted }
  end
  -- planted: two visitors who never left, says the book
  visits[#visits + 1] = { day = day "2026-03-18", minutes = 560, kind = "visitor", name = "Norman Tull", firm = "Wren and Partners", site = "Bristol",
    zones = { "Z-BRS-OFF" }, host = "P-0011" }
  visits[#visits + 1] = { day = day "2026-05-27", minutes = 805, kind = "contractor", name = "Petra Lund", firm = "Fenwick Interiors", site = "Leeds",
    zones = { "Z-LDS-OFF" }, host = "P-0010" }
  tools.sort(visits, function(a, b)
    if a.day ~= b.day then return a.day < b.day end
    if a.minutes ~= b.minutes then return a.minutes < b.minutes end
    return a.name .. a.firm < b.name .. b.firm
  end)
end

local function write_visits()
  local out = tools.csv("evidence/reception/visitor_book.csv", "visits", { "Visit", "Purpose", "Visitor", "Company", "Site", "Areas", "Host", "Escort",
    "ID shown",
    "House rules accepted", "Badge", "Arrival", "Departure", "Badge returned", "Goods examined" })
  for n, v in ipairs(visits) do
    v.id = ("VIS-%04d"):format(n)
    out:row(v.id, v.kind, v.name, v.firm, v.site, v.zones, v.host, v.escort, "yes", "yes", v.badge, moment(v.day, v.minutes),
      v.left and moment(v.day, v.left) or nil, v.badge and moment(v.day, v.left) or nil, v.kind == "delivery" and "yes" or nil)
  end
  out:close()
end

-- Entries of the last ninety days and a few refusals, in order of time.
local function write_events(scale)
  local events = {}
  local from = AS_OF - 88
  local current = {}
  for _, grant in ipairs(grants) do
    if grant.to == nil or grant.to > AS_OF - 80 then current[#current + 1] = grant end
  end
  for _ = 1, 150 * scale do
    local grant = random:one_of(current)
    local at = tools.weekday(math.max(from, grant.from + 1) + random:int(0, 84))
    local last = math.min(AS_OF - 1, grant.to or AS_OF - 1)
    if at > last then at = last end
    events[#events + 1] = { at = moment(at, random:int(450, 1040)), zone = grant.zone, person = grant.person.id, badge = grant.badge,
      kind = random:chance(94) and "door_open" or "access_denied" }
  end
  for _, v in ipairs(visits) do
    if v.restricted and v.day >= from then
      events[#events + 1] = { at = moment(v.day, v.minutes + 12), zone = "Z-LDS-SRV", badge = v.badge, kind = "door_open" }
    end
  end
  tools.sort(events, function(a, b)
    if a.at ~= b.at then return a.at < b.at end
    return a.zone .. (a.badge or "") < b.zone .. (b.badge or "")
  end)
  local out = tools.ndjson("evidence/access_control/events.ndjson", "physical_events")
  for n, e in ipairs(events) do
    out:row("seq", n, "time", e.at, "event", e.kind, "reader", tools.object("zone", e.zone, "direction", "in"), "card", e.badge, "holder", e.person)
  end
  out:close()
end

function premises.write(scale)
  tools.yaml("registers/physical_zones.yaml", "physical_zones", "Areas with a boundary of their own.", ZONE_FIELDS, ZONES)
  write_grants()
  make_visits(scale)
  write_visits()
  write_events(scale)
end

return premises
