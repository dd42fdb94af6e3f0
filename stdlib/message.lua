-- What is said about a failure: which of a check's messages speaks, and what its {placeholders} stand for. The words and the
-- order in which they are looked up are those of the specification, "Messages".

local fields = require "fields"
local gaps = require "gaps"
local show = require "show"

local message = {}

local LIMIT, VALUE_LIMIT = 4096, 512

---@class scene
---@field subject subject   the member judged
---@field check table       its check
---@field params table      values of the rule's params
---@field values table      what the broken condition and the check's `values` give
---@field plain boolean     true where the condition gave no table of values
---@field reads table       what the broken condition read
---@field future string|nil the field whose date lies in the future, where that broke it
---@field why string|nil    what {why} says

local function is_record(value)
  return engine.is(value) == "record"
end

--- The record that a finding is about, if any.
local function judged(scene)
  return scene.values.record or scene.subject.record
end

--- The record whose fields are meant by bare names: the one judged, else the first of the group.
local function home(scene)
  return judged(scene) or scene.subject.place
end

--- Records that a message may speak of, the nearest first: those that the condition names, those of the member, those that
--- references lead to from there, and all others that were read.
local function nearby(scene)
  if scene.near ~= nil then return scene.near, scene.linked end
  local near, seen = {}, {}
  local function add(value)
    if is_record(value) and not seen[value] then
      seen[value] = true
      near[#near + 1] = value
    end
  end
  add(scene.values.record)
  add(scene.subject.place)
  add(scene.values.other)
  for _, value in pairs(scene.values) do add(value) end
  for _, value in pairs(scene.subject.table or {}) do add(value) end
  for _, read in ipairs(scene.reads) do
    if seen[read.record] then add(read.value) end
  end
  scene.linked = #near
  for _, read in ipairs(scene.reads) do add(read.record) end
  scene.near = near
  return near, scene.linked
end

local function field_text(record, name)
  local info = fields.info(engine.origin(record).kind, name)
  if info == nil then return nil, false end
  local value
  if fields.refers(info) and name ~= info.name and name == info.key_name then
    value = engine.peek(record, name)
  elseif fields.refers(info) then
    value = engine.peek(record, info.record_name)
    if value == nil or (info.type == "list" and #value == 0) then value = engine.peek(record, info.key_name) end
  else
    value = engine.peek(record, name)
  end
  if value == nil then return nil, true end
  return show.text(value), true
end

local function of_kind(scene, kind)
  for _, record in ipairs((nearby(scene))) do
    if engine.origin(record).kind == kind then return record end
  end
  return nil
end

local special = {}

function special.record(scene)
  local record = judged(scene)
  if record ~= nil then return show.record(record) end
  return scene.subject.word ~= nil and show.text(scene.subject.word) or nil
end

function special.word(scene)
  local word = scene.subject.word
  if word ~= nil then return show.text(word) end
  return scene.subject.record ~= nil and show.label(scene.subject.record) or nil
end

function special.other(scene)
  local own = scene.subject.table
  local other = own ~= nil and own.other or nil
  if other == nil then other = scene.values.other end
  return other ~= nil and show.text(other) or nil
end

function special.value(scene)
  if scene.values.value ~= nil then return show.text(scene.values.value) end
  for i = #scene.reads, 1, -1 do
    local read = scene.reads[i]
    if not read.absent then return show.text(read.value) end
  end
  return nil
end

function special.limit(scene)
  local limit = scene.values.limit
  return limit ~= nil and show.text(limit) or nil
end

function special.days(scene)
  return show.days(scene.values.days)
end

function special.minutes(scene)
  local minutes = scene.values.minutes
  if minutes == nil and engine.is(scene.values.days) == "duration" then minutes = scene.values.days end
  return show.minutes(minutes)
end

function special.n(scene)
  return scene.values.n ~= nil and show.text(scene.values.n) or nil
end

function special.share(scene)
  return show.share(scene.values.share, scene.values.limit)
end

function special.ids(scene)
  return scene.values.ids ~= nil and show.ids(scene.values.ids) or nil
end

function special.why(scene)
  return scene.why
end

local nouns = {
  person = "people", asset = "assets", document = "documents", supplier = "suppliers", role = "roles", right = "entitlements",
}

--- The names that a message may use besides fields, params and what its conditions give.
message.words = { "system" }
for name in pairs(special) do message.words[#message.words + 1] = name end
for name in pairs(nouns) do message.words[#message.words + 1] = name end
table.sort(message.words)

--- What the words print that have nothing to stand for, such as the days since something that never was.
local unknown = { days = "? days", minutes = "? minutes", n = "?", share = "? %", value = "?", limit = "?", ids = "?", other = "?" }

local hidden = { record = true, members = true, blank = true }

--- What a placeholder stands for; nil where nothing fits.
---@param name string
---@param scene scene
---@return string|nil
function message.lookup(name, scene)
  local kind, field = name:match("^([%w_]+)%.([%w_]+)$")
  if kind ~= nil then
    local record = of_kind(scene, kind)
    if record ~= nil then
      local text, known = field_text(record, field)
      if known then return text or "nothing" end
    end
    local value = fields.reader(name)(scene.subject.member)
    return value ~= nil and show.text(value) or nil
  end
  local found = special[name] == nil and scene.values[name] or nil
  if found ~= nil then return show.text(found) end
  local own = scene.subject.table
  if own ~= nil and not hidden[name] and special[name] == nil and own[name] ~= nil then return show.text(own[name]) end
  local empty = false
  local record = home(scene)
  if record ~= nil then
    local text, known = field_text(record, name)
    if text ~= nil then return text end
    empty = known
  end
  if special[name] ~= nil then
    local text = special[name](scene)
    if text ~= nil then return text end
    if own ~= nil and own[name] ~= nil and not hidden[name] then return show.text(own[name]) end
  end
  for _, other in ipairs((nearby(scene))) do
    local text, known = field_text(other, name)
    if text ~= nil then return text end
    empty = empty or known
  end
  if scene.params[name] ~= nil then return show.text(scene.params[name]) end
  if nouns[name] ~= nil then
    local other = of_kind(scene, nouns[name])
    if other ~= nil then return show.text(other) end
  end
  if name == "system" and scene.subject.word ~= nil then return show.text(scene.subject.word) end
  if empty then return "nothing" end
  return unknown[name]
end

--- Fills the placeholders of a text. A name that means nothing is left in brackets; in a {why} it stays as it is.
---@param text string
---@param scene scene
---@param inside boolean|nil true for a {why}
---@return string
function message.expand(text, scene, inside)
  return (text:gsub("{([%a_][%w_.]*)}", function(name)
    if inside and name == "why" then return scene.values.why or "" end
    local found = message.lookup(name, scene)
    if found ~= nil then return found end
    return inside and "{" .. name .. "}" or "[" .. name .. "]"
  end))
end

--- The names of placeholders in a text, in order.
---@param text string
---@return string[]
function message.placeholders(text)
  local names = {}
  for name in text:gmatch("{([%a_][%w_.]*)}") do names[#names + 1] = name end
  return names
end

local function names_why(text)
  return text:find("{why}", 1, true) ~= nil
end

--- The broken condition in a few words, where nobody named it: the fields that it read, with their values.
local function told(scene)
  local record, parts = home(scene), {}
  for _, read in ipairs(scene.reads) do
    if #parts < 4 and (record == nil or read.record == record) then
      parts[#parts + 1] = read.absent and read.field .. " is empty" or ("%s is %s"):format(read.field, show.text(read.value))
    end
  end
  return #parts > 0 and table.concat(parts, ", ") or "the condition does not hold"
end

local function why_of(scene)
  local values = scene.values
  local text = values.named ~= nil and values.named[1] or nil
  if text == nil then text = values.why end
  if text == nil and values.absent ~= nil then text = values.absent .. " is empty" end
  if text == nil then text = values.says end
  if text == nil then return told(scene) end
  return message.expand(show.text(text), scene, true)
end

--- The text of `missing` for an empty field, or nil.
local function missing_text(scene, read)
  local missing = scene.check.missing
  if missing == nil then return nil end
  local record = judged(scene)
  local kind = engine.origin(read.record).kind
  local own_kind = record ~= nil and engine.origin(record).kind or nil
  for name, text in pairs(missing) do
    local of, field = name:match("^([%w_]+)%.([%w_]+)$")
    local info = fields.info(kind, field or name)
    if info ~= nil and info.name == read.field then
      if of ~= nil then
        if of == kind and (read.record ~= record or own_kind == of) then return text end
      elseif read.record == record or own_kind == nil or fields.info(own_kind, name) == nil then
        return text
      end
    end
  end
  return nil
end

--- The read of a field of the record judged, by the name that the condition gave.
local function read_of(scene, name)
  local record = judged(scene)
  if name == nil or record == nil or name:find(".", 1, true) then return nil end
  local info = fields.info(engine.origin(record).kind, name)
  for _, read in ipairs(scene.reads) do
    if info ~= nil and read.record == record and read.field == info.name then return read end
  end
  return info ~= nil and { record = record, field = info.name, absent = true } or nil
end

local function spoken(scene, read)
  if read.dangling then
    return ("%s points to %s, which does not exist"):format(show.record(read.record), show.text(read.value))
  end
  local text = read.absent and missing_text(scene, read) or nil
  if text == nil then return nil end
  if judged(scene) == nil then scene.values.record, scene.near = read.record, nil end
  return message.expand(text, scene)
end

--- What an empty field or a reference that leads nowhere has to say.
local function from_reads(scene)
  local named = scene.values.absent ~= nil and scene.check.missing ~= nil and scene.check.missing[scene.values.absent] or nil
  if named ~= nil and scene.values.absent:find(".", 1, true) then return message.expand(named, scene) end
  local first = read_of(scene, scene.values.absent)
  local text = first and spoken(scene, first)
  if text ~= nil then return text end
  local near, linked = nearby(scene)
  for _, read in ipairs(scene.reads) do
    local close = judged(scene) == nil
    for i = 1, linked do close = close or near[i] == read.record end
    if close or (read.absent and not read.dangling) then
      text = spoken(scene, read)
      if text ~= nil then return text end
    end
  end
  return nil
end

--- Whether a condition went to look at records that no reference of the member leads to.
local function looked_elsewhere(scene)
  local near, linked = nearby(scene)
  return #near > linked
end

--- "{record} has no <field>", where an empty field of the record judged is all there is to say.
local function nothing_there(scene)
  local record = judged(scene)
  if record == nil or names_why(scene.check.message) then return nil end
  local read
  if scene.values.absent ~= nil then
    read = read_of(scene, scene.values.absent)
  elseif scene.plain and not looked_elsewhere(scene) then
    for _, one in ipairs(scene.reads) do
      if read == nil and one.absent and one.record == record then read = one end
    end
  end
  return read and ("%s has no %s"):format(show.record(record), read.field) or nil
end

local function chosen(scene)
  local check, values = scene.check, scene.values
  if scene.future ~= nil then
    scene.why = scene.future .. " is in the future"
    return names_why(check.message) and message.expand(check.message, scene) or scene.why
  end
  scene.why = why_of(scene)
  local text = from_reads(scene)
  if text ~= nil then return text end
  local named, messages = values.named or {}, check.messages or {}
  text = values.says ~= nil and messages[values.says] or nil
  for i = #named, 1, -1 do
    if text == nil then text = messages[named[i]] end
  end
  if text ~= nil then return message.expand(text, scene) end
  return nothing_there(scene) or message.expand(check.message, scene)
end

--- What is said about a member that a condition rejects.
---@param scene scene
---@return string
function message.choose(scene)
  return show.cut(chosen(scene), LIMIT)
end

local function value_text(value)
  if is_record(value) then
    local key = engine.origin(value).key
    return key ~= nil and engine.to_text(key) or show.record(value)
  end
  local is = engine.is(value)
  if is == "list" or is == "collection" then return show.ids(value) end
  return show.text(value)
end

--- The values that a finding rests on: fields of the record judged by name, of others as kind.field.
---@param scene scene
---@return table<string, string>
function message.values(scene)
  local record, found = home(scene), {}
  for _, read in ipairs(scene.reads) do
    if not read.absent then
      local name = read.field
      if read.record ~= record then name = engine.origin(read.record).kind .. "." .. name end
      if found[name] == nil then found[name] = show.cut(value_text(read.value), VALUE_LIMIT) end
    end
  end
  return found
end

--- Puts what a condition returned and what the check's own `values` give together.
---@param own table|nil
---@param second any
---@param third any
---@return table values
---@return boolean plain
function message.merge(own, second, third)
  local given = gaps.values_of(second, third)
  local values = {}
  for name, value in pairs(own or {}) do values[name] = value end
  for name, value in pairs(given or {}) do values[name] = value end
  if given == nil and is_record(second) then values.other = second end
  return values, given == nil
end

return message
