-- Members of populations: what a record, a word, a group or a table of several is called, and where it stands.

local fields = require "fields"
local show = require "show"

local members = {}

---@class subject
---@field member any        as conditions get it
---@field record userdata|nil  the record judged
---@field place userdata|nil   the record that gives document and line, and to which {fields} belong
---@field table table|nil   the member's own table: its entries are placeholders
---@field word any          the word, list entry, pair or group
---@field key string|nil    the finding's key

local LONGEST_KEY = 512 -- bytes

local function key_of(value)
  if value == nil then return nil end
  if engine.is(value) == "record" then value = engine.origin(value, "key") end
  return value ~= nil and show.cut(show.text(value), LONGEST_KEY) or nil
end

--- What is known of a member before anything is said about it.
---@param member any
---@return subject
function members.subject(member)
  local subject = { member = member }
  if engine.is(member) == "record" then
    subject.record, subject.place, subject.key = member, member, key_of(member)
  elseif type(member) == "table" then
    subject.table = member
    subject.record = member.record
    subject.place = fields.record(member)
    subject.word = member.word
    if subject.word == nil and member.record == nil then subject.word = member.key end
    if member.key ~= nil then
      subject.key = key_of(member.key)
    elseif member.record ~= nil then
      subject.key = key_of(member.record)
    else
      subject.key = key_of(member.word)
    end
  elseif member ~= nil then
    subject.word, subject.key = member, key_of(member)
  end
  return subject
end

--- Kind, document and line of a record, as findings bear them.
---@param record userdata|nil
---@return table
function members.place(record)
  if record == nil then return {} end
  local origin = engine.origin(record)
  return { kind = origin.kind, document = origin.document, line = origin.line }
end

--- What is wrong with what `over` gave, or nil.
---@param population any
---@return string|nil
function members.fault(population)
  if population == nil then return "`over` gives nothing; a population without members is an empty list" end
  if engine.is(population) == "collection" or engine.is(population) == "list" then return nil end
  if type(population) ~= "table" then
    return ("`over` gives a %s; it must give a collection or a list"):format(engine.is(population) or type(population))
  end
  if #population == 0 and next(population) ~= nil then
    return "`over` gives a table with names; it must give a list, such as { " .. tostring((next(population))) .. " }"
  end
  return nil
end

--- What is wrong with a member, or nil: it must be a record, a word, or a table that names one of them.
---@param member any
---@return string|nil
function members.bad(member)
  local kind = type(member)
  if kind == "string" or kind == "number" or engine.is(member) ~= nil then return nil end
  if kind ~= "table" then return "a member of the population is a " .. kind end
  if member.record == nil and member.word == nil and member.key == nil and not member.blank then
    return "a member of the population is a table without `record`, `word` or `key`"
  end
  if member.record ~= nil and engine.is(member.record) ~= "record" then
    return "`record` of a member is a " .. (engine.is(member.record) or type(member.record))
  end
  return nil
end

return members
