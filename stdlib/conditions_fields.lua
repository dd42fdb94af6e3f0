-- The ready-made conditions about fields, people and documents. Each constructor gives a function (member, isms, params) → true, or
-- false and values for the message, a {why} among them. On the passing path they make no garbage.

local base = require "conditions_base"
local blocks = require("checks_all").blocks
local fields = require "fields"
local here = require "context"
local people = require "checks_people"
local show = require "show"
local words = require "checks_words"

local reader, limited, lacking, has = base.reader, base.limited, base.lacking, base.has

local make = {}

--- The field is filled; a list holds an item.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function make.filled(field)
  local read = reader(field)
  return function(member)
    if has(read(member)) then return true end
    return false, lacking(field)
  end
end

make.has_items = make.filled

--- The field is filled with more than blanks.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function make.not_blank(field)
  local read = reader(field)
  return function(member)
    local value = read(member)
    if value ~= nil and (type(value) ~= "string" or value:find("%S")) then return true end
    return false, lacking(field)
  end
end

--- The field is empty.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function make.empty(field)
  local read = reader(field)
  return function(member)
    local value = read(member)
    if not has(value) then return true end
    return false, { value = value, why = ("%s is filled: %s"):format(field, show.text(value)) }
  end
end

local function flag(field, wanted)
  local read = reader(field)
  return function(member)
    local value = read(member)
    if value == wanted then return true end
    if value == nil then return false, lacking(field) end
    return false, { value = value, why = ("%s is %s"):format(field, show.text(value)) }
  end
end

--- The field says yes.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function make.is_true(field)
  return flag(field, true)
end

--- The field says no.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function make.is_false(field)
  return flag(field, false)
end

--- A test "is one of these words", the words given one by one, as a list, or as the name of a param that holds a list.
local function among(name, ...)
  local list = { ... }
  if #list == 0 then error(name .. " needs words", 3) end
  local single = #list == 1 and list[1] or nil
  if type(single) == "table" then list, single = single, nil end
  local set, made_for, items
  local function build()
    items, set, made_for = list, {}, here.values
    if type(single) == "string" and type(here.values[single]) == "table" then items = here.values[single] end
    for _, item in ipairs(items) do
      set[item] = true
      if type(item) == "string" then set[words.word(item)] = true end
    end
  end
  return function(value)
    if made_for ~= here.values then build() end
    return set[value] == true or (type(value) == "string" and set[words.word(value)] == true)
  end, function() return show.text(items) end
end

--- The field is one of the words. A single word may be the name of a param that holds a list.
---@param field string name of a field, also through references: "person.end_date"
---@vararg string|string[] words, a list of them, or the name of a param that holds a list
---@return condition
function make.one_of(field, ...)
  local read = reader(field)
  local holds, named = among("one_of", ...)
  return function(member)
    local value = read(member)
    if value == nil then return false, lacking(field) end
    if holds(value) then return true end
    return false, { value = value, limit = named(), why = ("%s is %s"):format(field, show.text(value)) }
  end
end

--- The field is none of the words; an empty one is none of them either.
---@param field string name of a field, also through references: "person.end_date"
---@vararg string|string[] words, a list of them, or the name of a param that holds a list
---@return condition
function make.none_of(field, ...)
  local read = reader(field)
  local holds = among("none_of", ...)
  return function(member)
    local value = read(member)
    if value == nil or not holds(value) then return true end
    return false, { value = value, why = ("%s is %s"):format(field, show.text(value)) }
  end
end

--- The list holds at least one of the words.
---@param field string name of a field, also through references: "person.end_date"
---@vararg string|string[] words, a list of them, or the name of a param that holds a list
---@return condition
function make.holds_one(field, ...)
  local read = reader(field)
  local holds, named = among("holds_one", ...)
  return function(member)
    local list = read(member)
    for i = 1, #list do
      if holds(list[i]) then return true end
    end
    if not has(list) then return false, lacking(field) end
    return false, { value = list, limit = named(), why = ("%s holds none of %s"):format(field, named()) }
  end
end

--- The number is not below the limit.
---@param field string name of a field, also through references: "person.end_date"
---@param limit limit name of a param, a duration or a number
---@return condition
function make.at_least(field, limit)
  local read = reader(field)
  limited(limit, "at_least")
  return function(member)
    local value, least = read(member), here.limit(limit, member)
    if value >= least then return true end
    if value == nil then return false, lacking(field) end
    return false, { value = value, limit = least, why = ("%s is %s, at least %s is expected"):format(field, show.text(value), show.text(least)) }
  end
end

--- The number is not above the limit.
---@param field string name of a field, also through references: "person.end_date"
---@param limit limit name of a param, a duration or a number
---@return condition
function make.at_most(field, limit)
  local read = reader(field)
  limited(limit, "at_most")
  return function(member)
    local value, most = read(member), here.limit(limit, member)
    if value <= most then return true end
    if value == nil then return false, lacking(field) end
    return false, { value = value, limit = most, why = ("%s is %s, at most %s is allowed"):format(field, show.text(value), show.text(most)) }
  end
end

local function engaged_values(values, field, person)
  values = values or {}
  values.other, values.value = person, person
  values.why = ("%s: %s"):format(field, values.why or "not engaged")
  return values
end

--- The field names a person who is engaged now.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function make.owned(field)
  local read = reader(field)
  return function(member)
    local person = read(member)
    if person == nil then return false, lacking(field) end
    local ok, values = blocks.engaged(person)
    if ok then return true end
    return false, engaged_values(values, field, person)
  end
end

--- The field names a person who was engaged on the date of another field; without that, who is engaged now.
---@param field string name of a field, also through references: "person.end_date"
---@param date_field string|nil field with the date
---@return condition
function make.engaged(field, date_field)
  local read, read_date = reader(field), date_field ~= nil and reader(date_field) or nil
  return function(member)
    local person = read(member)
    if person == nil then return false, lacking(field) end
    local date = here.as_of
    if read_date then
      date = read_date(member)
      if date == nil then return false, lacking(date_field) end
    end
    local ok, values = blocks.engaged(person, date)
    if ok then return true end
    return false, engaged_values(values, field, person)
  end
end

local function followed(kind)
  return here.needs[kind] ~= nil and not here.missing[kind]
end

--- A reference for comparing: the record where it can be followed, else the key.
local function reference(field)
  local read = reader(field)
  if field:find(".", 1, true) then return read end
  return function(member)
    if type(member) == "table" and member[field] ~= nil then return member[field] end
    return fields.reference(fields.record(member), field, followed)
  end
end

--- Somebody did it (the first field), and nobody of those stands in the second.
---@param a string field that names who did it
---@param b string field that names who must not have
---@return condition
function make.never_self(a, b)
  local read_a, read_b = reference(a), reference(b)
  return function(member)
    local first = read_a(member)
    local ok, values = people.never_self(first, read_b(member))
    if ok then return true end
    if not has(first) then return false, lacking(a) end
    values.why = ("%s is also %s"):format(a, b)
    return false, values
  end
end

local function equal(a, b)
  if type(a) == "string" and type(b) == "string" then return a == b or words.same_name(a, b) end
  return a == b
end

--- Both fields are filled and equal (texts as words).
---@param a string field
---@param b string field
---@return condition
function make.same(a, b)
  local read_a, read_b = reference(a), reference(b)
  return function(member)
    local first, second = read_a(member), read_b(member)
    if first ~= nil and equal(first, second) then return true end
    if first == nil then return false, lacking(a) end
    if second == nil then return false, lacking(b) end
    return false, { value = first, why = ("%s is %s, %s is %s"):format(a, show.text(first), b, show.text(second)) }
  end
end

--- Both fields are filled and not equal (texts as words).
---@param a string field
---@param b string field
---@return condition
function make.differs(a, b)
  local read_a, read_b = reference(a), reference(b)
  return function(member)
    local first, second = read_a(member), read_b(member)
    if first ~= nil and second ~= nil and not equal(first, second) then return true end
    if first == nil then return false, lacking(a) end
    if second == nil then return false, lacking(b) end
    return false, { value = first, why = ("%s is the same as %s"):format(a, b) }
  end
end

--- The text says something.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function make.substantive(field)
  local read = reader(field)
  return function(member)
    local text, record = read(member)
    local ok, values = words.substantive(text, nil, record)
    if ok then return true end
    if text == nil then return false, lacking(field) end
    values.why = ("%s says nothing: %s"):format(field, values.why)
    return false, values
  end
end

--- A document on the topic is in force; of that kind, or one of those kinds, where they are given.
---@param topic string
---@param kinds string|string[]|nil kinds of documents that count
---@return condition
function make.policy_in_force(topic, kinds)
  return function() return blocks.policy_in_force(topic, kinds) end
end

return make
