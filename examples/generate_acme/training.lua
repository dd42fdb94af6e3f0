-- What people learn: courses, completions from the learning platform, phishing simulations, acknowledgements.

local tools = require "generate_acme.tools"
local people = require "generate_acme.people"

local training = {}

local day, date, moment = tools.day, tools.date, tools.moment
local random = tools.random "training"
local AS_OF = day "2026-06-30"

local STAFF = { "employee", "contractor", "temporary" }

-- `from` and `span`: when those who have long been here did it last, spread over so many days.
local COURSES = {
  { course = "Information security essentials", mandatory = true, audience = STAFF, joiner = 30, mark = 80, from = "2025-09-08", span = 45,
    topics = { "information_security", "incident", "acceptable_use", "passwords", "malware", "classification", "remote_working" }, owner = "P-0013",
    updated = "2025-08-21" },
  { course = "Privacy at work", mandatory = true, audience = STAFF, joiner = 30, mark = 80, from = "2026-01-12", span = 44, topics = { "privacy" },
    owner = "P-0012", updated = "2025-12-15" },
  { course = "Secure coding", mandatory = true, audience = { "Engineering" }, joiner = 60, mark = 75, from = "2025-10-06", span = 60,
    topics = { "secure_coding", "development" }, owner = "P-0024", updated = "2025-09-19" },
  { course = "Working with privileged access", mandatory = true, audience = { "privileged" }, joiner = 30, mark = 80, from = "2026-03-02", span = 20,
    topics = { "access_control", "passwords" }, owner = "P-0016", updated = "2026-02-13" },
  { course = "Incident responder workshop", mandatory = false, audience = {}, from = "2026-02-03", span = 8,
    topics = { "incident", "evidence_collection" }, owner = "P-0020", updated = "2026-01-09" },
}

-- Whom the plans name, and who handles incidents.
local RESPONDERS = { "P-0002", "P-0005", "P-0007", "P-0008", "P-0012", "P-0013", "P-0016", "P-0017", "P-0019", "P-0020", "P-0023" }

local function in_audience(person, course)
  for _, word in ipairs(course.audience) do
    if word == person.kind or word == person.department or word == "privileged" and person.privileged then return true end
  end
  if not course.mandatory then
    for _, id in ipairs(RESPONDERS) do
      if id == person.id then return true end
    end
  end
  return false
end

local function write_courses()
  local records = {}
  for i, c in ipairs(COURSES) do
    records[i] = { course = c.course, topics = c.topics, audience = #c.audience > 0 and c.audience or { "responders" }, mandatory = c.mandatory,
      joiner_within = c.joiner and c.joiner .. " d" or nil, repeat_every = "365 d", pass_mark = c.mark, content_updated_at = c.updated, owner = c.owner,
      status = "active" }
  end
  records[#records + 1] = { course = "Leading secure teams", topics = { "awareness" }, audience = { "managers" }, mandatory = false, owner = "P-0025",
    status = "draft" }
  tools.yaml("registers/courses.yaml", "courses", "Courses on offer. The audience is told in words of the HR system.", { "course", "topics", "audience",
    "mandatory", "joiner_within", "repeat_every", "pass_mark", "content_updated_at", "owner", "status" }, records)
end

-- When a person completed a course: assigned, due, done. Nothing done: still open.
local function completion(person, course)
  if person.joins or person.start >= day(course.from) then
    local due = person.start + (course.joiner or 30)
    local done = tools.weekday(person.start + random:int(2, 18))
    if done > AS_OF - 1 then done = nil end
    return person.start, due, done
  end
  local from = day(course.from)
  -- planted: customer success was left out when the platform was replaced; its last round is more than a year old
  if course.course == "Privacy at work" and person.department == "Customer Success" then from = day "2025-03-03" end
  if person.start >= from then from = person.start end
  local done = tools.weekday(from + random:int(1, course.span))
  -- a few are late, which the share allows for
  if course.mark and course.course ~= "Privacy at work" and random:int(1, 1000) <= 8 then done = done - 400 end
  if done < person.start then done = tools.weekday(person.start + 5) end
  return from, from + course.span, done
end

local function write_completions()
  local out = tools.csv("evidence/lms/completions.csv", "trainings", { "Employee number", "Course title", "Course tags", "Required", "Enrolled on", "Due",
    "Completed on", "Score", "Result" })
  for _, course in ipairs(COURSES) do
    for _, person in ipairs(people.all) do
      local assigned, due, done = completion(person, course)
      local here = person.finish == nil or (done and done <= person.finish)
      if in_audience(person, course) and here then
        local score = done and course.mark and math.min(100, course.mark + random:int(0, (100 - course.mark) // 5) * 5) or nil
        out:row(person.id, course.course, course.topics, course.mandatory and "yes" or "no", date(math.min(assigned, done or assigned)), date(due),
          date(done), score, done and "Passed" or "In progress")
      end
    end
  end
  out:close()
end

-- Two campaigns, each to half of the company.
local function write_phishing()
  local out = tools.csv("evidence/phishing/simulations.csv", "phishing_results", { "Campaign", "Recipient ID", "Sent", "Result", "Reported", "Coached" })
  local sent_at = { day "2025-11-12", day "2026-04-22" }
  local names = { "Parcel that could not be delivered", "Shared document about the office move" }
  for n, person in ipairs(people.all) do
    local i = n % 2 + 1
    if person.kind ~= "board" and people.engaged(person, sent_at[i]) and (person.finish == nil or person.finish > sent_at[i] + 40) then
      local draw = random:int(1, 100)
      local word = draw <= 4 and "Clicked link" or draw <= 5 and "Submitted data" or draw <= 60 and "Opened" or "No response"
      local fell = draw <= 5
      out:row(names[i], person.id, moment(sent_at[i], 560 + n % 90), word, not fell and random:chance(42) and moment(sent_at[i], 700 + n % 300) or nil,
        fell and date(sent_at[i] + random:int(1, 14)) or nil)
    end
  end
  out:close()
end

local PUBLISHED, EARLIER = day "2025-11-03", day "2024-11-04"

-- The policy in force is version 5.0; newcomers acknowledge it in their first days, those who left before never saw it.
local function write_acknowledgements()
  local out = tools.csv("evidence/intranet/acknowledgements.csv", "acknowledgements", { "person_id", "document_id", "version", "acknowledged_at" })
  for _, person in ipairs(people.all) do
    local from = math.max(person.start, PUBLISHED)
    local at = from + random:int(0, person.start > PUBLISHED and 6 or 24)
    if random:int(1, 1000) <= 8 then at = from + random:int(33, 50) end
    if person.kind ~= "board" and at <= AS_OF and (person.finish == nil or at <= person.finish) then
      out:row(person.id, "DOC-001", "5.0", date(at))
    elseif person.finish and person.finish < PUBLISHED then
      out:row(person.id, "DOC-001", "4.2", date(math.max(person.start, EARLIER) + 3))
    end
  end
  out:close()
end

function training.write()
  write_courses()
  write_completions()
  write_phishing()
  write_acknowledgements()
end

return training
