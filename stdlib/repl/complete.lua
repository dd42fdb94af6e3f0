-- What can stand at the cursor: names of the session, kinds behind `isms.`, methods and fields behind a value, fields within
-- `where{`, requirements, kinds and names behind commands. Values are looked at only where nothing needs to be run for it.

local catalog = require "catalog"
local reference = require "reference"
local space = require "repl.space"

local complete = {}

local MOST = 500
local METHODS = { "each", "where", "map", "first", "any", "all", "count", "sum", "min", "max", "group_by", "index_by", "sort_by", "newest", "unique", "get" }
local PROPERTIES = { "kind", "supplied", "collected_at" }
local KEYWORDS = { "and", "break", "do", "else", "elseif", "end", "false", "for", "function", "if", "in", "local", "nil", "not", "or", "repeat", "return",
  "then", "true", "until", "while" }

local function starting(words, start, before, after)
  local list, seen = engine.list {}, {}
  for _, word in ipairs(words) do
    if type(word) == "string" and word:sub(1, #start) == start and not seen[word] and #list < MOST then
      seen[word] = true
      list[#list + 1] = (before or "") .. word .. (after or "")
    end
  end
  table.sort(list)
  return list
end

local function fields_of(kind)
  local names = {}
  for _, field in ipairs(engine.kind(kind).fields) do
    names[#names + 1] = field.name
    if field.record_name ~= nil then names[#names + 1] = field.record_name end
    if field.key_name ~= nil then names[#names + 1] = field.key_name end
  end
  return names
end

local function kinds()
  local list = engine.kinds()
  list[#list + 1], list[#list + 2], list[#list + 3] = "as_of", "catalog", "organization"
  return list
end

local function names_of(value)
  local list = {}
  engine.try(function()
    for key in pairs(value) do
      if type(key) == "string" and key:find("^[%a_][%w_]*$") then list[#list + 1] = key end
    end
  end)
  return list
end

--- The steps of a path (`isms.people["P-1"].manager`, `x[2].person`) that fills a text, or nil.
local function steps_of(text)
  local name, at = text:match("^([%a_][%w_]*)()")
  if name == nil then return nil end
  local steps = { name }
  while at <= #text do
    local step, after = text:match("^%.([%a_][%w_]*)()", at)
    if step == nil then
      step, after = text:match("^%[(%d+)%]()", at)
      step = tonumber(step)
    end
    if step == nil then step, after = text:match("^%[\"([^\"\\]*)\"%]()", at) end
    if step == nil then step, after = text:match("^%['([^'\\]*)'%]()", at) end
    if step == nil then return nil end
    steps[#steps + 1], at = step, after
  end
  return steps
end

--- The longest path that a text ends with, or nil.
local function path_before(text)
  for at in text:gmatch("()[%a_]") do
    if at == 1 or not text:sub(at - 1, at - 1):find("[%w_.:]") then
      local steps = steps_of(text:sub(at))
      if steps ~= nil then return steps end
    end
  end
  return nil
end

--- What a path leads to: a value, or the kind of its records. Nothing is called.
local function look(steps)
  local value, kind
  if steps[1] == "isms" then value = engine.isms() else value = space.get(steps[1]) end
  for i = 2, #steps do
    if kind ~= nil then
      local field = engine.field(kind, steps[i])
      if field == nil or field.target == nil then return nil, nil end
      value, kind = nil, field.type == "ref" and field.target or nil
    elseif value ~= nil then
      local ok, got = engine.try(function() return value[steps[i]] end)
      if not ok then return nil, nil end
      value = got
    else
      return nil, nil
    end
    if engine.is(value) == "record" then value, kind = nil, engine.origin(value, "kind") elseif value ~= nil then kind = nil end
  end
  if engine.is(value) == "record" then value, kind = nil, engine.origin(value, "kind") end
  return value, kind
end

local function members(path)
  local value, kind = look(path)
  if kind ~= nil then return fields_of(kind) end
  if value == nil then return {} end
  if type(value) == "userdata" and value == engine.isms() then return kinds() end
  if engine.is(value) == "collection" then return PROPERTIES end
  if type(value) == "table" then return names_of(value) end
  return {}
end

local function methods(path)
  local value = look(path)
  if engine.is(value) == "collection" then return METHODS end
  if type(value) == "string" then return names_of(space.get("string")) end
  return {}
end

--- `isms.accounts:where(` at the end of a text: the kind, and the method.
local function call_before(text)
  local before, method = text:match("^(.-)%s*:%s*([%a_]+)%s*%(?%s*$")
  local path = before ~= nil and path_before(before) or nil
  local value = path ~= nil and look(path) or nil
  if engine.is(value) ~= "collection" then return nil end
  return value.kind, method
end

--- The kind of the collection whose method is called around the cursor: `isms.accounts:where{ system = "x", sta|`.
local function called(text)
  local depth = 0
  for at = #text, 1, -1 do
    local c = text:sub(at, at)
    if c == "}" or c == ")" then depth = depth + 1 end
    if c == "{" or c == "(" then
      if depth == 0 then
        local kind, method = call_before(text:sub(1, at - 1))
        return kind, method, c
      end
      depth = depth - 1
    end
  end
  return nil
end

--- Whether the cursor stands where a name of a field may begin.
local function at_name(before)
  local last = before:match("(%S)%s*$")
  return last == "{" or last == "," or last == ";"
end

local TAKES_FIELD = { sum = true, min = true, max = true, group_by = true, index_by = true, sort_by = true, newest = true, unique = true, map = true }

local function documented()
  local names = {}
  for i, entry in ipairs(reference.entries()) do names[i] = entry.name end
  return names
end

local ARGUMENT = {
  why = function() return catalog.order() end,
  run = function() return catalog.order() end,
  gaps = function() return catalog.order() end,
  schema = function() return engine.kinds() end,
  doc = documented,
}

local function command(text)
  local name, rest = text:match("^%s*:(%a+)%s+(.*)$")
  if name == nil then return nil end
  if ARGUMENT[name] ~= nil then
    local start = rest:match("(%S*)$")
    return starting(ARGUMENT[name](), start), #text - #start
  end
  if name == "time" then return nil end
  return engine.list {}, #text
end

--- Where the text in quotes begins in which the cursor stands, or nil.
local function open_quote(text)
  local open, at = nil, 1
  while at <= #text do
    local c = text:sub(at, at)
    if open == nil and (c == '"' or c == "'") then
      open = at
    elseif open ~= nil and c == "\\" then
      at = at + 1
    elseif open ~= nil and c == text:sub(open, open) then
      open = nil
    end
    at = at + 1
  end
  return open
end

--- Keys of a collection, ids of what was judged.
local function keys_of(path, start)
  local value, keys = look(path), {}
  local of_records = engine.is(value) == "collection"
  if not of_records and type(value) ~= "table" then return keys end
  for i = 1, #value do
    local key
    if of_records then key = engine.origin(value[i], "key") elseif type(value[i]) == "table" then key = value[i].id end
    if type(key) == "string" and key:sub(1, #start) == start then keys[#keys + 1] = key end
    if #keys >= MOST then break end
  end
  return keys
end

local function code(text)
  local quote = open_quote(text)
  if quote ~= nil then -- a text, which may be a key, or the name of a field
    local before, start = text:sub(1, quote - 1), text:sub(quote + 1)
    local path = before:find("%[$") and path_before(before:sub(1, -2)) or nil
    if path ~= nil then return starting(keys_of(path, start), start, nil, text:sub(quote, quote) .. "]"), #start end
    local kind, method = call_before(before)
    if kind == nil then kind, method = called(before) end
    if kind ~= nil and TAKES_FIELD[method] then return starting(fields_of(kind), start, nil, text:sub(quote, quote)), #start end
    return engine.list {}, #start
  end
  local owner, mark, start = text:match("^(.-)%s*([.:])%s*([%w_]*)$")
  local path = owner ~= nil and path_before(owner) or nil
  if path ~= nil then return starting(mark == "." and members(path) or methods(path), start), #start end
  start = text:match("[%w_]*$")
  local before = text:sub(1, #text - #start)
  if before:find("[.:]%s*$") then return engine.list {}, #start end
  if at_name(before) then
    local kind, method, bracket = called(before)
    if kind ~= nil and bracket == "{" and not TAKES_FIELD[method] then return starting(fields_of(kind), start, nil, " = "), #start end
  end
  if start == "" then return engine.list {}, 0 end
  local words = space.names()
  for _, word in ipairs(KEYWORDS) do words[#words + 1] = word end
  return starting(words, start), #start
end

--- For the parent: what could stand in place of the word before the cursor.
---@param text string
---@param at integer bytes before the cursor
---@return table {items, from = bytes before the word}
function complete.at(text, at)
  text = text:sub(1, at)
  local items, from = command(text)
  if items ~= nil then return { items = items, from = from } end
  local inner = text:match("^%s*:%a+%s(.*)$") or text
  local found, length = code(inner)
  return { items = found, from = #text - length }
end

return complete
