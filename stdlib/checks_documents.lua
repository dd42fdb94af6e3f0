-- Building blocks about documents: what is published, in force, acknowledged, and by whom it must be known.

local dates = require "checks_dates"
local gaps = require "gaps"
local here = require "context"
local people = require "checks_people"
local show = require "show"
local words = require "checks_words"

local documents = {}

--- When a version was published; its approval where that is not known.
local function published_at(document)
  local t = document.published_at
  if t == nil then t = document.approved_at end
  return t
end

--- All documents that are published, by topic as a word.
local function by_topic()
  return gaps.keep("documents by topic", function()
    local found = {}
    for document in here.isms.documents:where { status = "published" } :each() do
      local t = engine.peek(document, "published_at")
      if t == nil then t = engine.peek(document, "approved_at") end
      if t == nil or t <= here.as_of then
        local topics = engine.peek(document, "topics")
        for i = 1, #topics do
          local topic = words.word(topics[i])
          local list = found[topic]
          if list == nil then
            list = {}
            found[topic] = list
          end
          if list[#list] ~= document then list[#list + 1] = document end
        end
      end
    end
    return found
  end)
end

--- The published documents on a topic, none of them published only after as_of.
---@param topic string
---@return table
function documents.published(topic)
  return words.join(by_topic()[words.word(topic)])
end

--- The one document that people must know on a topic: of those published the policy (the one published last where there are
--- several); where none is a policy, the one published last.
---@param topic string
---@return record|nil
function documents.current(topic)
  return gaps.keep("current/" .. words.word(topic), function()
    local best, best_rank, best_at
    for _, document in ipairs(documents.published(topic)) do
      local rank = engine.peek(document, "kind") == "policy" and 1 or 0
      local t = engine.peek(document, "published_at")
      if t == nil then t = engine.peek(document, "approved_at") end
      if best == nil or rank > best_rank or (rank == best_rank and (best_at == nil or (t ~= nil and best_at <= t))) then
        best, best_rank, best_at = document, rank, t
      end
    end
    return best or false
  end) or nil
end

--- Whether a reference can be followed.
local function followed(kind)
  return here.needs[kind] ~= nil and not here.missing[kind]
end

--- How far a document gets on the way to being in force (5: it is), and what it lacks next.
local function standing(document)
  local approver, owner
  if followed("people") then
    approver, owner = document.approved_by, document.owner
  else
    approver, owner = document.approved_by_id, document.owner_id
  end
  local title = show.label(document)
  if approver == nil then return 1, { why = title .. " has no approver" } end
  if owner ~= nil and approver == owner then return 2, { why = title .. " was approved by its owner" } end
  local approved_at = document.approved_at
  if approved_at == nil then return 3, { why = title .. " has no date of approval" } end
  if approved_at > here.as_of then
    return 3, { why = ("%s is approved only from %s on"):format(title, show.text(approved_at)) }
  end
  local t, limit = dates.latest(approved_at, document.reviewed_at), here.params.policy_review_interval
  if dates.within(t, limit) then return 5, {} end
  local values = dates.age(t, limit)
  values.why = ("%s was last approved or reviewed %s ago, its review is overdue"):format(title, show.days(values.days))
  if t > here.as_of then values.why = ("%s has its latest review in the future, on %s"):format(title, show.text(t)) end
  return 4, values
end

--- Whether `document` is what the caller asks for: a kind, one of several kinds, or a certain document.
local function wanted(document, which)
  if which == nil then return true end
  if engine.is(which) == "record" then return document == which end
  if type(which) == "string" then return document.kind == which end
  return words.has(which, document.kind)
end

--- Whether a document on the topic is in force: published, approved by another than its owner, and approved or reviewed
--- within policy_review_interval. {why} tells what the nearest one lacks.
---@param topic string
---@param which string|table|record|nil a kind, kinds, or one document that it must be
---@return boolean ok
---@return values|nil values
function documents.policy_in_force(topic, which)
  local best, best_values, nearest = 0, nil, nil
  for _, document in ipairs(documents.published(topic)) do
    if wanted(document, which) then
      local reached, values = standing(document)
      if reached == 5 then return true end
      if reached > best then best, best_values, nearest = reached, values, document end
    end
  end
  if nearest == nil then
    local kinds = type(which) == "string" and which or type(which) == "table" and table.concat(which, ", ") or "document"
    return false, { why = ("no %s on %s is published"):format(kinds, topic), limit = here.params.policy_review_interval }
  end
  best_values.document, best_values.record = nearest, nearest
  best_values.limit = here.params.policy_review_interval
  return false, best_values
end

--- Whether a person has acknowledged the current document on a topic: its version (or, where none is named, not before it was
--- published), and no later than `within` after it was published or the person came.
---@param topic string
---@param person record|nil
---@param within any; without it, by as_of
---@return boolean ok
---@return values|nil values says = "late" with days, or says = "old_version" with value
function documents.acknowledged(topic, person, within)
  local document = documents.current(topic)
  if document == nil or person == nil then return false, { document = document } end
  local published = published_at(document)
  local due = here.as_of
  if within ~= nil then due = dates.latest(person.start_date, published) + within end
  local version, late, old = document.version, nil, nil
  for record in here.isms.acknowledgements:where { person_id = person, document_id = document } :each() do
    local t = engine.peek(record, "acknowledged_at")
    if t <= here.as_of then
      local known = engine.peek(record, "version")
      if known == version or (known == nil and t >= published) then
        if t <= due then return true end
        if late == nil or t < late then late = t end
      elseif known ~= nil then
        old = known
      end
    end
  end
  local values = { document = document, limit = within }
  if late ~= nil then
    values.says, values.value, values.days = "late", late, late - due
    values.why = "it was acknowledged " .. show.text(show.days(values.days)) .. " late"
  elseif old ~= nil then
    values.says, values.value, values.why = "old_version", old, "only version " .. old .. " was acknowledged"
  else
    values.why = "nothing was acknowledged"
  end
  return false, values
end

--- Whether a list of audiences (kinds of people, departments, job titles, "all") means the person; an empty one means everybody.
local function meant(audience, person)
  if #audience == 0 or words.holds(audience, "all") then return true end
  return words.holds(audience, person.kind) or words.holds(audience, person.department) or words.holds(audience, person.job_title)
end

--- Whether a person belongs to the audience of a document.
---@param person record|nil
---@param document record|nil
---@return boolean
function documents.in_audience(person, document)
  if person == nil or document == nil then return false end
  return meant(document.audience, person)
end

--- Whether a person belongs to the audience of a course, which may also be "privileged" or "managers".
---@param person record|nil
---@param course record|nil
---@return boolean
function documents.in_course_audience(person, course)
  if person == nil or course == nil then return false end
  local audience = course.audience
  return meant(audience, person)
    or words.holds(audience, "privileged") and people.trusted(person)
    or words.holds(audience, "managers") and people.manager(person)
end

documents.params = { policy_in_force = { "policy_review_interval" } }
documents.says = { acknowledged = { "late", "old_version" } }
documents.reads = {
  published = { "documents" }, current = { "documents" }, policy_in_force = { "documents" },
  acknowledged = { "acknowledgements", "documents", "people" }, in_audience = { "people", "documents" },
  in_course_audience = { "people", "courses", "accounts" },
}

return documents
