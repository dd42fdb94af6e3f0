-- The people of Acme: who works there, for whom, since when and until when; and the export of the HR system.

local tools = require "generate_acme.tools"

local people = { all = {}, by_id = {} }

local AS_OF = tools.day "2026-06-30"

-- Those whom registers name. Columns: id, name, department, job title, manager, site, start.
local NAMED = {
  { "P-0001", "Margaret Ellison", "Executive", "Chief executive officer", nil, "Bristol", "2014-03-03" },
  { "P-0002", "Tobias Renner", "Security", "Chief information security officer", "P-0001", "Bristol", "2019-09-02" },
  { "P-0003", "Ines Caballero", "Executive", "Chief technology officer", "P-0001", "Bristol", "2016-01-11" },
  { "P-0004", "Grace Adeyemi", "Executive", "Chief financial officer", "P-0001", "Bristol", "2018-05-14" },
  { "P-0005", "Daniel Whitlock", "Executive", "Chief operating officer", "P-0001", "Leeds", "2017-02-06" },
  { "P-0006", "Hanna Virtanen", "People", "Head of people", "P-0005", "Bristol", "2018-10-01" },
  { "P-0007", "Omar Farouk", "IT Operations", "Head of IT operations", "P-0005", "Leeds", "2017-06-19" },
  { "P-0008", "Priya Raman", "Engineering", "Head of platform engineering", "P-0003", "Bristol", "2016-08-22" },
  { "P-0009", "Lucas Moreau", "Engineering", "Head of product engineering", "P-0003", "Lisbon", "2018-03-12" },
  { "P-0010", "Sofia Lindqvist", "Customer Success", "Head of customer success", "P-0005", "Leeds", "2019-04-08" },
  { "P-0011", "Callum Reid", "Sales", "Head of sales", "P-0001", "Bristol", "2020-01-13" },
  { "P-0012", "Beatrice Conti", "Legal", "General counsel and data protection officer", "P-0001", "Bristol", "2018-11-05" },
  { "P-0013", "Jonas Weber", "Security", "Security engineer", "P-0002", "Bristol", "2021-03-01" },
  { "P-0014", "Mei Tanaka", "Internal Audit", "Internal auditor", "P-0001", "Bristol", "2021-09-06" },
  { "P-0015", "Ruth Okafor", "Facilities", "Facilities manager", "P-0005", "Bristol", "2016-04-18" },
  { "P-0016", "Peter Novak", "IT Operations", "IT operations lead", "P-0007", "Leeds", "2018-07-02" },
  { "P-0017", "Amira Haddad", "Engineering", "Site reliability lead", "P-0008", "Bristol", "2019-01-21" },
  { "P-0018", "Finn Gallagher", "Finance", "Procurement manager", "P-0004", "Bristol", "2019-06-10" },
  { "P-0019", "Lena Fischer", "Marketing", "Head of marketing", "P-0011", "Bristol", "2020-08-17" },
  { "P-0020", "Victor Almeida", "Security", "Security operations analyst", "P-0002", "Lisbon", "2022-02-14" },
  { "P-0021", "Nadia Sorensen", "Product", "Head of product", "P-0003", "Bristol", "2019-10-14" },
  { "P-0022", "Edwin Mbeki", "Finance", "Financial controller", "P-0004", "Bristol", "2017-11-27" },
  { "P-0023", "Carmen Ortiz", "Customer Success", "Support manager", "P-0010", "Leeds", "2020-09-21" },
  { "P-0024", "Tom Hargreaves", "Engineering", "Principal architect", "P-0008", "Bristol", "2015-05-05" },
  { "P-0025", "Yuki Sato", "People", "People operations manager", "P-0006", "Bristol", "2020-02-03" },
}

-- People who left in June and whose accounts are a planted gap; P-0028 comes from a firm.
local LEFT = {
  { "P-0026", "Gareth Pritchard", "Sales", "Account executive", "P-0011", "Bristol", "2021-04-12", "2026-06-05" },
  { "P-0027", "Noor Rahmani", "Customer Success", "Support engineer", "P-0010", "Leeds", "2022-01-17", "2026-06-12" },
  { "P-0028", "Stefan Krall", "Engineering", "Software developer", "P-0009", "Lisbon", "2024-09-02", "2026-06-19", "contractor", "SUP-014" },
}

-- Engaged people by department at scale 1, those named above included.
local DEPARTMENTS = {
  { name = "Executive", size = 5, head = "P-0001", titles = { "Executive assistant" } },
  { name = "Engineering", size = 83, head = "P-0009", lead = "Team lead, engineering", team = 9,
    titles = { "Software developer", "Software developer", "Software developer", "Senior software developer", "Quality engineer",
    "Site reliability engineer", "Data engineer" } },
  { name = "Product", size = 18, head = "P-0021", titles = { "Product manager", "Product designer", "User researcher" } },
  { name = "Customer Success", size = 42, head = "P-0010", lead = "Team lead, customer success", team = 10,
    titles = { "Support engineer", "Customer success manager", "Implementation consultant" } },
  { name = "Sales", size = 30, head = "P-0011", lead = "Team lead, sales", team = 12,
    titles = { "Account executive", "Sales development representative", "Solutions consultant" } },
  { name = "Marketing", size = 11, head = "P-0019", titles = { "Marketing manager", "Content editor", "Campaign manager" } },
  { name = "Finance", size = 12, head = "P-0004", titles = { "Accountant", "Payroll specialist", "Financial analyst" } },
  { name = "People", size = 9, head = "P-0006", titles = { "People partner", "Recruiter" } },
  { name = "IT Operations", size = 13, head = "P-0007", titles = { "System administrator", "Service desk analyst", "Network engineer" } },
  { name = "Security", size = 7, head = "P-0002", titles = { "Security engineer", "Compliance manager" } },
  { name = "Legal", size = 4, head = "P-0012", titles = { "Legal counsel", "Contract manager" } },
  { name = "Facilities", size = 5, head = "P-0015", titles = { "Facilities assistant", "Receptionist" } },
  { name = "Internal Audit", size = 1, head = "P-0014", titles = { "Internal auditor" } },
}

local FIRST = { "Aaron", "Abigail", "Adrian", "Aisha", "Alan", "Alice", "Amelia", "Andre", "Anna", "Arjun", "Astrid", "Bella", "Bruno", "Carla",
  "Charlotte", "Chen", "Clara", "David", "Deepa", "Diego", "Elena", "Elias", "Emily", "Erik", "Esther", "Fatima", "Felix", "Fiona", "Freya", "Gabriel",
  "George", "Hugo", "Imran", "Isabel", "Ivan", "Jacob", "Jana", "Joanna", "Jorge", "Julia", "Karim", "Katie", "Kofi", "Laura", "Leon", "Liam", "Lucia",
  "Magnus", "Maria", "Martin", "Maya", "Milan", "Nina", "Noah", "Olga", "Oliver", "Paula", "Rafael", "Rosa", "Samuel", "Sara", "Simon", "Tara", "Theo",
  "Vera", "William", "Xenia", "Yusuf", "Zoe" }
local LAST = { "Abbott", "Ahmed", "Andersen", "Bailey", "Barros", "Becker", "Bennett", "Berg", "Bianchi", "Blake", "Brandt", "Carter", "Chandra",
  "Clarke", "Costa", "Cruz", "Dawson", "Diallo", "Dixon", "Eriksen", "Evans", "Ferreira", "Foster", "Frank", "Garcia", "Gomes", "Grant", "Gupta", "Hall",
  "Hansen", "Harris", "Hassan", "Horvat", "Hughes", "Ibrahim", "Jansen", "Jensen", "Kaur", "Keller", "Khan", "King", "Kowalski", "Kumar", "Lambert",
  "Larsen", "Lewis", "Lopez", "Marsh", "Martins", "Mendes", "Meyer", "Mills", "Nguyen", "Nunes", "Osei", "Palmer", "Patel", "Pereira", "Price", "Quinn",
  "Richter", "Rossi", "Santos", "Schmidt", "Shah", "Silva", "Singh", "Sousa", "Stone", "Taylor", "Turner", "Vogel", "Walsh", "Ward", "Wood", "Young" }
local SITES = { "Bristol", "Bristol", "Bristol", "Leeds", "Leeds", "Lisbon" }
local AGENCIES = { "SUP-014", "SUP-020" }

local PRIVILEGED_TITLES = { ["Site reliability engineer"] = true, ["Site reliability lead"] = true, ["System administrator"] = true,
  ["Network engineer"] = true, ["IT operations lead"] = true, ["Head of IT operations"] = true, ["Security engineer"] = true,
  ["Security operations analyst"] = true, ["Head of platform engineering"] = true }

-- Administrators of one system each, whatever their title.
local ADMINISTRATORS = { ["P-0011"] = true, ["P-0022"] = true, ["P-0024"] = true, ["P-0025"] = true }

local random = tools.random "people"
local taken, logins = {}, {}

local function new_name()
  for _ = 1, 40 do
    local name = random:one_of(FIRST) .. " " .. random:one_of(LAST)
    if not taken[name] then return name end
  end
  while true do
    local name = ("%s %s. %s"):format(random:one_of(FIRST), string.char(64 + random:int(1, 26)), random:one_of(LAST))
    if not taken[name] then return name end
    name = ("%s %s-%s"):format(random:one_of(FIRST), random:one_of(LAST), random:one_of(LAST))
    if not taken[name] then return name end
  end
end

local function login_of(name)
  local base = name:lower():gsub("%. ", " "):gsub("[^a-z]+", ".")
  local login, n = base, 1
  while logins[login] do
    n = n + 1
    login = base .. n
  end
  logins[login] = true
  return login
end

local function add(person)
  taken[person.name] = true
  person.login = login_of(person.name)
  person.kind = person.kind or "employee"
  person.privileged = PRIVILEGED_TITLES[person.title] or ADMINISTRATORS[person.id] or false
  people.all[#people.all + 1] = person
  people.by_id[person.id] = person
  return person
end

local next_number
local function new_id()
  next_number = next_number + 1
  return ("P-%04d"):format(next_number)
end

-- Newcomers start on a weekday within the year that is looked back on; the others long before it.
local function start_of(joins)
  if joins then return tools.weekday(tools.day "2025-07-07" + random:int(0, 350)) end
  return tools.weekday(tools.day "2016-02-01" + random:int(0, 3300))
end

local function newcomer(department, title, manager, joins)
  local contractor = department.name == "Engineering" and random:chance(9)
  local temporary = not contractor and joins and random:chance(8)
  return add { id = new_id(), name = new_name(), department = department.name, title = title, manager = manager, site = random:one_of(SITES),
    start = start_of(joins), joins = joins, remote = random:chance(30),
    kind = contractor and "contractor" or temporary and "temporary" or "employee", supplier = contractor and random:one_of(AGENCIES) or nil }
end

-- A department of `size` engaged people: the head and leads first, then everybody under one of them.
local function staff(department, size, here)
  local leads = {}
  if department.lead then
    for i = 1, math.max(1, size // department.team) do
      local head = department.head
      if department.name == "Engineering" and i % 3 == 0 then head = "P-0008" end
      leads[i] = newcomer(department, department.lead, head, false).id
    end
  end
  for i = here + #leads + 1, size do
    local manager = #leads > 0 and leads[i % #leads + 1] or department.head
    local joins = random:chance(department.name == "Customer Success" and 8 or 16)
    newcomer(department, random:one_of(department.titles), manager, joins)
  end
  department.leads = leads
end

-- People who left during the year, with accounts that were closed in time.
local function leavers(n)
  for _ = 1, n do
    local department = DEPARTMENTS[random:one_of { 2, 2, 2, 3, 4, 4, 5, 5, 6, 7, 9 }]
    local manager = department.leads and #department.leads > 0 and random:one_of(department.leads) or department.head
    local person = newcomer(department, random:one_of(department.titles), manager, false)
    person.start = math.min(person.start, tools.day "2024-11-04")
    person.finish = tools.weekday(tools.day "2025-07-11" + random:int(0, 320))
  end
end

-- People who changed department, away from where rights are narrow.
local function movers(n)
  local possible = {}
  for _, person in ipairs(people.all) do
    local lead = person.title:find("lead", 1, true) or person.title:find("Head", 1, true)
    if person.department == "Engineering" and not person.finish and not lead and not person.joins and not person.privileged
      and person.kind == "employee" and tonumber(person.id:sub(3)) > 40 then possible[#possible + 1] = person end
  end
  for _, person in ipairs(random:some(possible, n)) do
    person.moved = tools.weekday(tools.day "2025-08-04" + random:int(0, 290))
    person.department, person.title, person.manager = "Product", "Product manager", "P-0021"
  end
end

local function headcount(name)
  local n = 0
  for _, person in ipairs(people.all) do
    if person.department == name and not person.finish then n = n + 1 end
  end
  return n
end

--- Makes everybody. `scale` multiplies the departments; those whom registers name stay the same.
function people.make(scale)
  for _, row in ipairs(NAMED) do
    add { id = row[1], name = row[2], department = row[3], title = row[4], manager = row[5], site = row[6], start = tools.day(row[7]), named = true }
  end
  for _, row in ipairs(LEFT) do
    add { id = row[1], name = row[2], department = row[3], title = row[4], manager = row[5], site = row[6], start = tools.day(row[7]),
      finish = tools.day(row[8]), kind = row[9], supplier = row[10], named = true }
  end
  add { id = "P-0029", name = "Eleanor Marsden", department = "Board", title = "Chair of the board", site = "Bristol", start = tools.day "2018-01-15",
    kind = "board", named = true }
  add { id = "P-0030", name = "Henrik Aalto", department = "Board", title = "Non-executive director", site = "Bristol", start = tools.day "2021-06-07",
    kind = "board", named = true }
  next_number = 30
  for _, department in ipairs(DEPARTMENTS) do
    staff(department, department.size * scale, headcount(department.name))
  end
  leavers(23 * scale)
  movers(8 * scale)
end

--- Whether the person is there on that day (as of 2026-06-30 where none is given).
function people.engaged(person, day)
  day = day or AS_OF
  return person.start <= day and (person.finish == nil or person.finish >= day)
end

--- Those for whom `test` holds, in the order of their ids.
function people.where(test)
  local out = {}
  for _, person in ipairs(people.all) do
    if test(person) then out[#out + 1] = person end
  end
  return out
end

local TYPES = { employee = "Regular", contractor = "Contingent", temporary = "Fixed term", board = "Non-executive" }

--- The export of the HR system, in its own words.
function people.write()
  local out = tools.csv("evidence/hr/workforce.csv", "people", { "Employee ID", "Full name", "Work email", "Worker type", "Department", "Job title",
    "Line manager ID", "Site", "First day", "Last day", "Hybrid or remote", "Administrator role", "Agency" })
  for _, p in ipairs(people.all) do
    out:row(p.id, p.name, p.login .. "@acme.example", TYPES[p.kind], p.department, p.title, p.manager, p.site, tools.date(p.start),
      tools.date(p.finish), p.remote and "Yes" or "No", p.privileged and "Yes" or "No", p.supplier)
  end
  out:close()
end

return people
