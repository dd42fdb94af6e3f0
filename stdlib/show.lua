-- Values in the words of messages: dates, durations, lists, shares, references.

local fields = require "fields"

local show = {}

local label_fields = { "name", "title", "hostname", "username" }

--- How a reference prints: name, title, hostname or username of the record, else its key.
---@param record userdata
---@return string
function show.label(record)
  local origin = engine.origin(record)
  for _, name in ipairs(label_fields) do
    local info = fields.info(origin.kind, name)
    if info ~= nil and info.name == name then
      local value = engine.peek(record, name)
      if value ~= nil then return engine.to_text(value) end
    end
  end
  return origin.key ~= nil and engine.to_text(origin.key) or tostring(record)
end

--- Kind and key of a record.
---@param record userdata
---@return string
function show.record(record)
  return tostring(record)
end

local function items(list)
  local texts = {}
  for i = 1, #list do texts[i] = show.text(list[i]) end
  return table.concat(texts, ", ")
end

--- Any value as a text; nil is "nothing".
---@param value any
---@return string
function show.text(value)
  if value == nil then return "nothing" end
  if type(value) == "string" then return value end
  local is = engine.is(value)
  if is == "record" then return show.label(value) end
  if is == "list" or is == "collection" or type(value) == "table" then return #value == 0 and "nothing" or items(value) end
  return engine.to_text(value) or "a " .. type(value)
end

--- Not where nothing could be counted, as after a division by zero.
local function counted(n, one, many)
  if type(n) ~= "number" or n - n ~= 0 then return nil end
  n = math.ceil(math.abs(n) - 1e-9)
  return ("%s %s"):format(engine.to_text(n), n == 1 and one or many)
end

--- A length of time, or a number, in whole days, rounded up: "14 days".
---@param value any
---@return string|nil
function show.days(value)
  if engine.is(value) == "duration" then value = value.days end
  return counted(value, "day", "days")
end

--- The same in minutes.
---@param value any
---@return string|nil
function show.minutes(value)
  if engine.is(value) == "duration" then value = value.minutes end
  return counted(value, "minute", "minutes")
end

--- A percentage with its sign, rounded down where it is below the limit, up where it is above.
---@param value any
---@param limit any
---@return string|nil
function show.share(value, limit)
  if type(value) ~= "number" then return type(value) == "string" and value or nil end
  if value - value ~= 0 then return nil end
  local whole
  if type(limit) == "number" and value > limit then
    whole = math.ceil(value - 1e-9)
  else
    whole = math.floor(value + 1e-9)
  end
  return engine.to_text(whole) .. " %"
end

--- Keys of records, the first ten, separated by commas.
---@param list any
---@return string
function show.ids(list)
  if type(list) == "string" then return list end
  if engine.is(list) == "record" then list = { list } end
  if type(list) ~= "table" and engine.is(list) ~= "list" and engine.is(list) ~= "collection" then return show.text(list) end
  local texts = {}
  for i = 1, math.min(#list, 10) do
    local item = list[i]
    if engine.is(item) == "record" then
      local key = engine.origin(item, "key")
      texts[i] = key ~= nil and engine.to_text(key) or tostring(item)
    else
      texts[i] = show.text(item)
    end
  end
  if #list > 10 then texts[11] = "…" end
  return table.concat(texts, ", ")
end

--- Cuts a text that is too long to be read, at a whole character.
---@param text string
---@param limit integer bytes
---@return string
function show.cut(text, limit)
  if #text <= limit then return text end
  local n = limit - 3
  while n > 0 do
    local byte = text:byte(n + 1)
    if byte < 0x80 or byte >= 0xC0 then break end
    n = n - 1
  end
  return text:sub(1, n) .. "…"
end

return show
