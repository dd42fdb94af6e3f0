-- All that can be looked up: the words of rules and tests, the values that rules are given, conditions, building blocks, what there is of Lua,
-- kinds and their fields. `:doc`, docs/reference and the annotations of editors are made of it. Adds no word of its own.

local entries = require "reference_entries"
local plain = require "plain"

local reference = {}

---@class reference.Entry
---@field name string       as it is looked up: "rule", "collection:where", "checks.recent", "accounts", "accounts.status"
---@field group string      one of reference.GROUPS
---@field call string|nil   "collection:where(filter)"
---@field text string       what it is for
---@field brief string      the first sentence of it
---@field params table[]    {name, type, text}
---@field returns table[]   {type, text}
---@field fields table[]    {name, type, text, optional}: keys of a word's table, fields of a value or of a kind
---@field example string[]  lines of code
---@field notes table[]     {what, text}: params, kinds and messages of a building block

--- Groups in the order in which they are shown and searched: {id, title, singular}.
reference.GROUPS = {
  { "words", "Words of rules and tests", "word" }, { "values", "Values", "value" }, { "conditions", "Ready-made conditions", "condition" },
  { "blocks", "Building blocks", "building block" }, { "lua", "Lua in rules", "function" }, { "kinds", "Kinds", "kind" },
}

local gather, last_part = entries.gather, entries.last_part

--- The type of a field as kinds write it: "string", "list(ref(people))", "enum(a, b)".
reference.type_of = entries.type_of

--- Whether a class is shown inside the entry of the word whose table it describes.
---@param entry reference.Entry
---@return boolean
function reference.is_inner(entry)
  return gather().inner[entry.name] == true
end

--- All entries, by group and then in the order of their source, which for conditions, blocks and kinds is that of the alphabet.
---@return reference.Entry[]
function reference.entries()
  return gather().list
end

local function field_entry(of, field, name)
  return { group = of.group, name = of.name .. "." .. name, what = "field", text = field.text, brief = field.text, type = field.type, params = {},
    returns = {}, fields = {}, example = {}, notes = of.group == "kinds" and { { what = "required", text = field.optional and "no" or "yes" } } or {} }
end

--- "accounts.status", "check.over", "isms.as_of": a field of an entry.
local function find_field(name)
  local owner, last = name:match("^(.-)[.:]([%w_]+)$")
  local of = owner ~= nil and gather().by_name[owner:gsub("^isms%.", "")] or nil
  if of == nil then return nil, owner end
  for _, field in ipairs(of.fields) do
    if field.name == last then return field_entry(of, field, last) end
  end
  local other = of.group == "kinds" and engine.field(of.name, last) or nil
  if other ~= nil then
    for _, field in ipairs(of.fields) do
      if field.name == other.name then return field_entry(of, field, last) end
    end
  end
  return nil, owner, of
end

local function names_near(word, list)
  local found, seen = {}, {}
  local function take(name)
    if name ~= nil and not seen[name] and #found < 5 then
      seen[name], found[#found + 1] = true, name
    end
  end
  take(engine.suggest(word, list))
  if #word >= 3 then
    for _, name in ipairs(list) do
      if name:lower():find(word:lower(), 1, true) then take(name) end
    end
  end
  return found
end

local function suggestions(name, of)
  local known = gather()
  local list = {}
  if of ~= nil then
    for i, field in ipairs(of.fields) do list[i] = field.name end
    local near = names_near(last_part(name), list)
    for i, found in ipairs(near) do near[i] = of.name .. "." .. found end
    if #near > 0 then return near end
    list = {}
  end
  local seen = {}
  for _, entry in ipairs(known.list) do
    if not known.inner[entry.name] then list[#list + 1], seen[entry.name] = entry.name, true end
  end
  local near = names_near(name, list)
  if #near > 0 then return near end
  local lasts = {}
  for last in pairs(known.by_last) do
    if not seen[last] then lasts[#lasts + 1] = last end
  end
  table.sort(lasts)
  local close = engine.suggest(last_part(name), lasts)
  return close ~= nil and { known.by_last[close][1].name } or {}
end

--- Looks a name up as people type it: `where`, `collection:where`, `checks.recent`, `isms.accounts`, `accounts.status`, `check.over`.
---@param name string
---@return reference.Entry|nil
---@return string[] others further entries of that name; where there is none, names that may be meant
function reference.find(name)
  local known = gather()
  name = tostring(name):gsub("^%s+", ""):gsub("%s+$", ""):gsub("%(.*%)$", ""):gsub("^[:.]", "")
  local found, others = known.by_name[name] or known.by_name[(name:gsub("^isms%.", ""))], {}
  found = found or (known.by_last[name] or {})[1]
  local owner, of
  if found == nil then
    found, owner, of = find_field(name)
    if found == nil and owner ~= nil and (of == nil or of.group == "kinds") then -- `isms.people:where`, `c.newest`
      for _, entry in ipairs(known.by_last[last_part(name)] or {}) do
        if entry.what == "method" then found = entry end
      end
    end
  end
  if found == nil then return nil, suggestions(name, of) end
  for _, entry in ipairs(known.by_last[last_part(found.name)] or {}) do
    if entry ~= found and found.what ~= "field" and not known.inner[entry.name] then others[#others + 1] = entry.name end
  end
  return found, others
end

local function rows(out, list, width, get)
  local left = 0
  for _, item in ipairs(list) do left = math.max(left, math.min(24, plain.width((get(item))))) end
  for _, item in ipairs(list) do
    local first, text = get(item)
    for _, line in ipairs(plain.hang("  " .. plain.pad(first, left) .. "  ", text, width)) do out[#out + 1] = line end
  end
end

local function typed(kind, text)
  return text ~= "" and ("%s; %s"):format(kind, text) or kind
end

--- The word for what an entry is: "condition", "building block", "field" …
---@param entry reference.Entry
---@return string
function reference.what(entry)
  if entry.what == "method" or entry.what == "field" then return entry.what end
  for _, group in ipairs(reference.GROUPS) do
    if group[1] == entry.group then return group[3] end
  end
  return entry.group
end

--- An entry as lines of text for a terminal, without colour.
---@param entry reference.Entry
---@param width integer|nil columns; 80 where nil
---@return string[]
function reference.lines(entry, width)
  width = math.max(40, width or 80)
  local out = {}
  local head = entry.call or entry.name
  if entry.type ~= nil then head = head .. ": " .. entry.type end
  for _, line in ipairs(plain.hang(head .. "  ", ("(%s)"):format(reference.what(entry)), width)) do out[#out + 1] = line end
  if entry.text ~= "" then
    for _, line in ipairs(plain.hang("  ", plain.safe(entry.text), width)) do out[#out + 1] = line end
  end
  rows(out, entry.params, width, function(param) return param.name .. (param.optional and "?" or ""), typed(param.type, param.text) end)
  rows(out, entry.returns, width, function(returned) return "gives", typed(returned.type, returned.text) end)
  rows(out, entry.fields, width, function(field)
    return field.name .. (entry.group ~= "kinds" and field.optional and "?" or entry.group == "kinds" and not field.optional and "!" or ""), typed(field.type, plain.safe(field.text))
  end)
  rows(out, entry.notes, width, function(note) return note.what .. ":", note.text end)
  if #entry.example > 0 then
    out[#out + 1] = ""
    for _, line in ipairs(entry.example) do out[#out + 1] = "    " .. line end
  end
  return out
end

return reference
