-- What the {placeholders} of messages stand for. The words, and the order in which a name is looked up, are those of the
-- specification, "Messages".

local fields = require "fields"
local show = require "show"

local placeholders = {}

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
---@param scene scene
---@return userdata|nil
function placeholders.judged(scene)
  return scene.values.record or scene.subject.record
end

local judged = placeholders.judged

--- The record whose fields are meant by bare names: the one judged, else the first of the group.
---@param scene scene
---@return userdata|nil
function placeholders.home(scene)
  return judged(scene) or scene.subject.place
end

local home = placeholders.home

--- Records that a message may speak of, the nearest first: those that the condition names, those of the member, those that
--- references lead to from there, and all others that were read.
---@param scene scene
---@return userdata[] records
---@return integer linked how many of them are no "others"
function placeholders.nearby(scene)
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

local nearby = placeholders.nearby

local function field_text(record, name)
  local info = fields.info(engine.origin(record, "kind"), name)
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
    if engine.origin(record, "kind") == kind then return record end
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
placeholders.words = { "system" }
for name in pairs(special) do placeholders.words[#placeholders.words + 1] = name end
for name in pairs(nouns) do placeholders.words[#placeholders.words + 1] = name end
table.sort(placeholders.words)

--- What the words print that have nothing to stand for, such as the days since something that never was.
local unknown = { days = "? days", minutes = "? minutes", n = "?", share = "? %", value = "?", limit = "?", ids = "?", other = "?" }

local hidden = { record = true, members = true, blank = true }

--- What a placeholder stands for; nil where nothing fits.
---@param name string
---@param scene scene
---@return string|nil
function placeholders.lookup(name, scene)
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
function placeholders.expand(text, scene, inside)
  return (text:gsub("{([%a_][%w_.]*)}", function(name)
    if inside and name == "why" then return scene.values.why or "" end
    local found = placeholders.lookup(name, scene)
    if found ~= nil then return found end
    return inside and "{" .. name .. "}" or "[" .. name .. "]"
  end))
end

--- The names of placeholders in a text, in order.
---@param text string
---@return string[]
function placeholders.names(text)
  local names = {}
  for name in text:gmatch("{([%a_][%w_.]*)}") do names[#names + 1] = name end
  return names
end

return placeholders
