-- What is said about a failure: which of a check's messages speaks, and the values that the finding rests on. What stands in
-- braces is looked up by placeholders.lua.

local fields = require "fields"
local gaps = require "gaps"
local placeholders = require "placeholders"
local show = require "show"

local judged, home, nearby = placeholders.judged, placeholders.home, placeholders.nearby

local message = {}

local LIMIT, VALUE_LIMIT, VALUES_LIMIT = 4096, 512, 2048

local function is_record(value)
  return engine.is(value) == "record"
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
  return placeholders.expand(show.text(text), scene, true)
end

--- The text of `missing` for an empty field, or nil.
local function missing_text(scene, read)
  local missing = scene.check.missing
  if missing == nil then return nil end
  local record = judged(scene)
  local kind = engine.origin(read.record, "kind")
  local own_kind = record ~= nil and engine.origin(record, "kind") or nil
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
  local info = fields.info(engine.origin(record, "kind"), name)
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
  return placeholders.expand(text, scene)
end

--- What an empty field or a reference that leads nowhere has to say.
local function from_reads(scene)
  local named = scene.values.absent ~= nil and scene.check.missing ~= nil and scene.check.missing[scene.values.absent] or nil
  if named ~= nil and scene.values.absent:find(".", 1, true) then return placeholders.expand(named, scene) end
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
    return names_why(check.message) and placeholders.expand(check.message, scene) or scene.why
  end
  scene.why = why_of(scene)
  local text = from_reads(scene)
  if text ~= nil then return text end
  local named, messages = values.named or {}, check.messages or {}
  text = values.says ~= nil and messages[values.says] or nil
  for i = #named, 1, -1 do
    if text == nil then text = messages[named[i]] end
  end
  if text ~= nil then return placeholders.expand(text, scene) end
  return nothing_there(scene) or placeholders.expand(check.message, scene)
end

--- What is said about a member that a condition rejects.
---@param scene scene
---@return string
function message.choose(scene)
  return show.cut(chosen(scene), LIMIT)
end

local function value_text(value)
  if is_record(value) then
    local key = engine.origin(value, "key")
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
  local record, found, size = home(scene), {}, 0
  for _, read in ipairs(scene.reads) do
    if not read.absent then
      local name = read.field
      if read.record ~= record then name = engine.origin(read.record, "kind") .. "." .. name end
      if found[name] == nil and size < VALUES_LIMIT then
        found[name] = show.cut(value_text(read.value), VALUE_LIMIT)
        size = size + #name + #found[name]
      end
    end
  end
  return found
end

--- What the judge itself takes out of the values, and of which type it must be.
local MEANT = { absent = "string", named = "table", overdue = "number", record = "record", says = "string" }

local function check_values(values, from)
  if type(values) ~= "table" or engine.is(values) ~= nil then
    error(("%s gives a %s; it must give a table of values"):format(from, engine.is(values) or type(values)), 0)
  end
  if not engine.try(next, values) then error(("%s gives a table with a key that is a table or a function"):format(from), 0) end
  for name, want in pairs(MEANT) do
    local value = values[name]
    local kind = engine.is(value) or type(value)
    if value ~= nil and kind ~= want then error(("%s gives `%s`, which is a %s; it must be a %s"):format(from, name, kind, want), 0) end
  end
  local overdue = values.overdue
  if overdue ~= nil and overdue - overdue ~= 0 then error(("%s gives `overdue`, which is no finite number"):format(from), 0) end
end

--- Puts what a condition returned and what the check's own `values` give together.
---@param own table|nil
---@param second any
---@param third any
---@return table values
---@return boolean plain
function message.merge(own, second, third)
  local given = gaps.values_of(second, third)
  if own ~= nil then check_values(own, "`values`") end
  if given ~= nil then check_values(given, "the condition") end
  local values = {}
  for name, value in pairs(own or {}) do values[name] = value end
  for name, value in pairs(given or {}) do values[name] = value end
  if given == nil and is_record(second) then values.other = second end
  return values, given == nil
end

return message
