-- Building blocks about words, lists and shares. Words are compared trimmed, without regard to case, with runs of blanks,
-- "-" and "_" as one: engine.fold does it.

local gaps = require "gaps"
local here = require "context"

local words = {}

local fold = engine.fold

--- A word as it is compared; nil for nothing.
---@param text any
---@return string|nil
function words.word(text)
  if type(text) == "string" then return fold(text) end
  if text ~= nil then text = engine.to_text(text) end
  return text ~= nil and fold(text) or nil
end

local word = words.word

--- Whether two are equal as words. Nothing equals nothing.
---@param a any
---@param b any
---@return boolean
function words.same_name(a, b)
  if a == nil or b == nil then return false end
  if a == b then return true end
  local folded = word(a)
  return folded ~= nil and folded == word(b)
end

--- Whether a list of words holds a word.
---@param list any
---@param text any
---@return boolean
function words.holds(list, text)
  return engine.holds(list, text)
end

--- Whether a word is one of a list of words.
---@param text any
---@param list any
---@return boolean
function words.word_in(text, list)
  return words.holds(list, text)
end

--- Whether a list holds a value exactly: a key, a number, a record.
---@param list any
---@param value any
---@return boolean
function words.has(list, value)
  if list == nil or value == nil then return false end
  for i = 1, #list do
    if list[i] == value then return true end
  end
  return false
end

--- Whether a text contains a word, or words in a row, as whole words.
---@param text any
---@param part any
---@return boolean
function words.contains(text, part)
  if text == nil or part == nil then return false end
  local function bare(value)
    return "_" .. (word(value):gsub("[%c%s%p_]+", "_")) .. "_"
  end
  local wanted = bare(part)
  if wanted:find("^_+$") then return false end
  return bare(text):gsub("__+", "_"):find((wanted:gsub("__+", "_")), 1, true) ~= nil
end

--- The different ones of a list, words compared as words, in the order of first appearance.
---@param list any
---@return table
function words.distinct(list)
  local found, seen = {}, {}
  for i = 1, list == nil and 0 or #list do
    local value = list[i]
    local key = type(value) == "string" and word(value) or value
    if not seen[key] then
      seen[key] = true
      found[#found + 1] = value
    end
  end
  return found
end

--- Several populations, one behind the other.
---@vararg any collections or lists; nil is passed over
---@return table
function words.join(...)
  local all = {}
  for i = 1, select("#", ...) do
    local list = select(i, ...)
    for k = 1, list == nil and 0 or #list do all[#all + 1] = list[k] end
  end
  return all
end

--- A list of words, and each further one whose flag is true: `with(params.topics, {"cloud", isms.organization.uses_cloud})`.
---@param list any
---@vararg table {word, flag}
---@return table
function words.with(list, ...)
  local all = words.join(list)
  for i = 1, select("#", ...) do
    local extra = select(i, ...)
    if extra[2] == true then all[#all + 1] = extra[1] end
  end
  return words.distinct(all)
end

--- 100 * part / whole; nil (with which no comparison holds) where the whole is 0.
---@param part any
---@param whole any
---@return number|nil
function words.share(part, whole)
  if part == nil or whole == nil or whole == 0 then return nil end
  return 100 * part / whole
end

local hollow = {}
for _, text in ipairs {
  "n/a", "na", "none", "tbd", "todo", "not applicable", "not required", "same as above", "see above", "",
} do
  hollow[engine.fold(text)] = true
end

--- Whether a text says something: enough words, no placeholder such as n/a, and not merely the record's own title or name.
---@param text any
---@param least integer|nil how many words; else the rule's min_words, else 4
---@param record record|nil the record that the text belongs to
---@return boolean ok
---@return values|nil values
function words.substantive(text, least, record)
  if engine.is(least) == "record" then least, record = nil, least end
  if text == nil then return false, {} end
  least = least or here.values.min_words or 4
  local n = 0
  for _ in text:gmatch("%S+") do n = n + 1 end
  if n < least then return false, { n = n, limit = least, value = text, why = ("it has %d words, expected are %d"):format(n, least) } end
  local folded = word((text:gsub("[%s%.!]+$", "")))
  if hollow[folded] then return false, { value = text, why = "it says nothing" } end
  if record ~= nil then
    local kind = engine.origin(record, "kind")
    for _, name in ipairs { "title", "name" } do
      local field = engine.field(kind, name)
      if field ~= nil and field.name == name and words.same_name(engine.peek(record, name), text) then
        return false, { value = text, why = "it only repeats the " .. name }
      end
    end
  end
  return true
end

--- Whether a list of ids of clauses and controls holds an id or one of its parents ("9.2" covers "9.2.1", "A.5" covers "A.5.18").
---@param list any
---@param id string|nil
---@return boolean
function words.covers_id(list, id)
  if list == nil or id == nil then return false end
  for i = 1, #list do
    local item = list[i]
    if item == id or (type(item) == "string" and item ~= "" and id:sub(1, #item + 1) == item .. ".") then return true end
  end
  return false
end

--- Whether a value meets its target, which it must reach ("at_least") or not exceed ("at_most").
---@param value number|nil
---@param direction string|nil
---@param target number|nil
---@return boolean
function words.meets(value, direction, target)
  if direction == "at_least" then return value >= target end
  if direction == "at_most" then return value <= target end
  return false
end

local function index(collection, field)
  local kind = collection.kind
  return gaps.keep("alike/" .. kind .. "/" .. field, function()
    local by_word = {}
    local all = here.isms[kind]
    for i = 1, #all do
      local record = all[i]
      local value = engine.peek(record, field)
      local list = engine.is(value) == "list" and value or { value }
      local seen = {}
      for k = 1, #list do
        local key = word(list[k])
        if not seen[key] then
          seen[key] = true
          local of_word = by_word[key]
          if of_word == nil then
            of_word = {}
            by_word[key] = of_word
          end
          of_word[#of_word + 1] = record
        end
      end
    end
    return by_word
  end)
end

--- The records of a kind whose field (or one of several fields) is the word, or a list that holds it. The index behind it
--- is built once, so call it on a whole kind and filter what it gives.
---@param collection any isms.<kind>
---@param field string|string[]
---@param text any
---@return any collection
function words.alike(collection, field, text)
  local found, seen = {}, {}
  if text ~= nil then
    local wanted = word(text)
    for _, name in ipairs(type(field) == "table" and field or { field }) do
      for _, record in ipairs(index(collection, name)[wanted] or {}) do
        if not seen[record] then
          seen[record] = true
          found[#found + 1] = record
        end
      end
    end
  end
  return engine.collection(collection.kind, found)
end

--- The different words in a field, each with its records: `{ {key = "CRM", members = collection}, … }`, the key as it is spelled first.
---@param records any collection
---@param field string
---@return table
function words.each_different(records, field)
  local groups, by_word = {}, {}
  for i = 1, #records do
    local record = records[i]
    local value = record[field]
    if value ~= nil then
      local key = word(value)
      local group = by_word[key]
      if group == nil then
        group = { key = value, members = {} }
        by_word[key] = group
        groups[#groups + 1] = group
      end
      group.members[#group.members + 1] = record
    end
  end
  for _, group in ipairs(groups) do group.members = engine.collection(records.kind, group.members) end
  return groups
end

local nothing = {}

--- What `fn(…)` gives, worked out once per check: for figures about the whole population that each member is held against.
---@param fn function the same one for each member
---@vararg any
---@return any
function words.once(fn, ...)
  local at = here.counts.once
  if at == nil then
    at = {}
    here.counts.once = at
  end
  local path = table.pack(fn, ...)
  for i = 1, path.n - 1 do
    local step = path[i]
    if step == nil then step = nothing end
    at[step] = at[step] or { more = {} }
    at = at[step].more
  end
  local last = path[path.n]
  if last == nil then last = nothing end
  at[last] = at[last] or { more = {} }
  local results = gaps.memo(at[last], "results", function()
    return table.pack(fn(table.unpack(path, 2, path.n)))
  end)
  return table.unpack(results, 1, results.n)
end

words.params = { substantive = { "min_words?" } }

return words
