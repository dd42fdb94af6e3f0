-- Building blocks about people: who is engaged, who answers for what, who leads.

local fields = require "fields"
local gaps = require "gaps"
local here = require "context"
local show = require "show"
local words = require "checks_words"

local people = {}

--- The date that a block holds for: as_of where the caller gives none; nil where it gives an empty one.
local function at(...)
  if select("#", ...) == 0 then return here.as_of end
  return (...)
end

--- Whether a person is there and works for us on that date.
---@param person record|nil
---@vararg any the date
---@return boolean ok
---@return values|nil values
function people.engaged(person, ...)
  local date = at(...)
  if person == nil or date == nil then return false, {} end
  local start = person.start_date
  if start <= date then
    local last = person.end_date
    if last == nil or last >= date then return true end
    return false, { other = person, value = last, days = date - last, why = ("%s left on %s"):format(show.label(person), show.text(last)) }
  end
  return false, { other = person, value = start, why = ("%s starts only on %s"):format(show.label(person), show.text(start)) }
end

local engaged = people.engaged

--- The same for walking through many people: leaves no trace among what the condition read.
local function works(person, date)
  local start, last = engine.peek(person, "start_date"), engine.peek(person, "end_date")
  return start <= date and (last == nil or last >= date)
end

local function working(list, date, into)
  for i = 1, #list do
    if works(list[i], date) then into[#into + 1] = list[i] end
  end
  return into
end

--- Whether a field names a person who is engaged now.
---@param record record|nil
---@param field string
---@return boolean ok
---@return values|nil values
function people.owned(record, field)
  local value = fields.reader(field)(record)
  if value == nil then return false, { absent = field, why = field .. " is empty" } end
  return engaged(value)
end

local function keys_of(value, into)
  local is = engine.is(value)
  if value == nil then return into end
  if is == "record" then
    into[#into + 1] = engine.origin(value, "key")
  elseif is == "list" or is == "collection" or type(value) == "table" then
    for i = 1, #value do keys_of(value[i], into) end
  else
    into[#into + 1] = value
  end
  return into
end

--- Whether somebody did it (`a`), and nobody of those was also `b`. Records, keys or lists of them; an empty `b` breaks nothing.
---@param a any
---@param b any
---@return boolean ok
---@return values|nil values
function people.never_self(a, b)
  local first = keys_of(a, {})
  if #first == 0 then return false, {} end
  local second = keys_of(b, {})
  for _, key in ipairs(first) do
    if words.has(second, key) then
      local who = engine.is(a) == "record" and a or key
      return false, { value = who, why = "it is the same person twice: " .. show.text(who) }
    end
  end
  return true
end

--- Whether somebody engaged has this person as manager.
---@param person record|nil
---@return boolean
function people.manager(person)
  if person == nil then return false end
  local managers = gaps.keep("managers", function()
    local found = {}
    for record in here.isms.people:each() do
      local above = engine.peek(record, "manager")
      if above ~= nil and works(record, here.as_of) then found[above] = true end
    end
    return found
  end)
  return managers[person] == true
end

--- The people engaged at a date who hold a role with that duty.
---@param duty string
---@vararg any the date
---@return table
function people.holders(duty, ...)
  local date = at(...)
  local assigned = gaps.keep("holders/" .. duty, function()
    local found = {}
    for role in here.isms.roles:each() do
      if words.holds(role.duties, duty) then found = words.join(found, role.assigned_to) end
    end
    return words.distinct(found)
  end)
  return date == nil and {} or working(assigned, date, {})
end

local function has_top_duty()
  return gaps.keep("top duty", function()
    local roles = here.reach("roles")
    return roles ~= nil and roles:any(function(role) return words.holds(role.duties, "top_management") end)
  end)
end

--- People who manage others and are managed by nobody.
local function heads()
  return gaps.keep("heads", function()
    local found = {}
    for person in here.isms.people:each() do
      if engine.peek(person, "manager") == nil and people.manager(person) then found[#found + 1] = person end
    end
    return found
  end)
end

local function leaders(date)
  local found = has_top_duty() and people.holders("top_management", date) or {}
  working(here.isms.people:where { kind = "board" }, date, found)
  if not has_top_duty() then working(heads(), date, found) end
  return words.distinct(found)
end

--- The people who lead the organisation at a date: holders of that duty and the board; where no role has the duty (or no
--- roles are supplied) the board and those managers who have no manager. Where that is nobody, the check lacks evidence.
---@vararg any the date
---@return table
function people.top_management(...)
  local date = at(...)
  if date == nil then return {} end
  local found = gaps.keep("top management/" .. engine.to_text(date), function() return leaders(date) end)
  if #found == 0 then here.lack = "nobody is known to have led the organisation on " .. show.text(date) end
  return found
end

--- Whether a person led the organisation at a date.
---@param person record|nil
---@vararg any the date
---@return boolean ok
---@return values|nil values
function people.is_top_management(person, ...)
  if person == nil or at(...) == nil then return false, {} end
  if words.has(people.top_management(...), person) then return true end
  return false, { other = person, why = show.label(person) .. " did not belong to top management" }
end

--- Whether a person belongs to top management at a date, or reaches it by going from manager to manager in at most so many steps.
---@param person record|nil
---@param levels integer
---@vararg any the date
---@return boolean ok
---@return values|nil values
function people.reports_up(person, levels, ...)
  if person == nil or at(...) == nil then return false, {} end
  local top, seen, at_person = people.top_management(...), {}, person
  for _ = 0, levels do
    if at_person == nil or seen[at_person] then break end
    if words.has(top, at_person) then return true end
    seen[at_person] = true
    at_person = at_person.manager
  end
  return false, { other = person, why = ("%s stands more than %d steps below top management"):format(show.label(person), levels) }
end

--- Whether a person holds privileged access, by the job or by an open account.
---@param person record|nil
---@return boolean
function people.trusted(person)
  if person == nil then return false end
  if person.privileged == true then return true end
  return here.isms.accounts:any { person_id = person, kind = "human", privileged = true, status = { "active", "locked" } }
end

people.reads = {
  engaged = { "people" }, owned = { "people" }, manager = { "people" }, holders = { "roles", "people" },
  top_management = { "roles?", "people" }, is_top_management = { "roles?", "people" }, reports_up = { "roles?", "people" },
  trusted = { "people", "accounts" },
}

return people
