-- Gathers all that can be looked up (see reference.lua): from the doc comments of the stdlib (types/*.lua for what C makes) and from the kinds.

local about = require("checks_all").about
local doc_comments = require "doc_comments"

local entries = {}

local function read(file)
  local text, why = engine.read(engine.stdlib .. "/" .. file)
  return text or error(("%s: %s"):format(file, why or "cannot be read"))
end

local function entry_of(group, name, item)
  return {
    group = group, name = name, what = item.what, item = item, text = item.text or "", brief = item.brief or "", params = item.params or {},
    returns = item.returns or {}, fields = item.fields or {}, example = item.example or {}, notes = {},
    call = item.call ~= nil and name:sub(1, #name - #item.name) .. item.call or nil,
  }
end

--- The class of the table that a word takes: `fun(spec: rule_spec): …` → "rule_spec".
local function spec_of(entry)
  local returned = entry.returns[1]
  return returned ~= nil and returned.type:match("^fun%(spec: ([%w_]+)%)") or nil
end

--- The entries of one file of stdlib/types. Classes that only say what stands in a word's table (`rule_spec`) go into its entry.
local function of_types(group, file, add)
  local items, specs = doc_comments.items(read("types/" .. file)), {}
  for _, item in ipairs(items) do
    if item.what == "class" then specs[item.name] = item end
  end
  local inner = {}
  for _, item in ipairs(items) do
    local name = item.name
    if item.owner ~= nil then name = item.owner .. (item.what == "method" and ":" or ".") .. name end
    if item.global ~= nil then name = item.global end
    local entry = entry_of(group, name, item)
    local spec = spec_of(entry)
    if spec ~= nil and specs[spec] ~= nil then
      entry.fields, entry.returns, inner[spec] = specs[spec].fields, {}, true
      entry.call = ('%s "%s" { … }'):format(name, item.params[1].name)
    end
    add(entry)
  end
  return inner
end

local function of_conditions(add)
  local described, names = doc_comments.of_files("^conditions_[%w_]+%.lua$"), {}
  for name in pairs(require("conditions").make) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    add(entry_of("conditions", name, described[name] or { what = "function", name = name, call = name .. "(…)" }))
  end
end

local NOTES = { { "params", "params that it reads" }, { "reads", "kinds that it reads" }, { "says", "messages that it chooses" } }

local function of_blocks(add)
  local described = doc_comments.of_files("^checks_[%w_]+%.lua$")
  for _, name in ipairs(about.names) do
    local entry = entry_of("blocks", "checks." .. name, described[name] or { what = "function", name = name, call = name .. "(…)" })
    for _, note in ipairs(NOTES) do
      if about[note[1]][name] then entry.notes[#entry.notes + 1] = { what = note[2], text = table.concat(about[note[1]][name], ", ") } end
    end
    add(entry)
  end
end

--- The type of a field as kinds write it: "string!", "list(ref(people))", "enum(a, b)".
---@param field table
---@return string
function entries.type_of(field)
  local function bare(kind)
    if kind == "ref" then return ("ref(%s)"):format(field.target or "?") end
    if kind == "enum" then return ("enum(%s)"):format(table.concat(field.words or {}, ", ")) end
    return kind
  end
  return field.type == "list" and ("list(%s)"):format(bare(field.item)) or bare(field.type)
end

local function field_text(field)
  local also
  if field.record_name ~= nil then also = field.record_name == field.name and field.key_name or field.record_name end
  local parts = {}
  if also ~= nil then parts[1] = ("also `%s`"):format(also) end
  if field.comment ~= nil then parts[#parts + 1] = field.comment end
  return table.concat(parts, "; ")
end

local function of_kinds(add)
  for _, name in ipairs(engine.kinds()) do
    local kind = engine.kind(name)
    local fields = {}
    for i, field in ipairs(kind.fields) do
      fields[i] = { name = field.name, type = entries.type_of(field), text = field_text(field), optional = not field.required }
    end
    local entry = entry_of("kinds", name, { what = "kind", name = name, text = kind.title or "", brief = kind.title or "", fields = fields })
    if kind.key ~= nil then entry.notes[1] = { what = "key", text = kind.key } end
    if kind.single then entry.notes[1] = { what = "records", text = "at most one" } end
    add(entry)
  end
end

local known

--- Names what a table or class has: "test, match, find, …".
local function members(of)
  if of.what ~= "class" then return end
  local names = {}
  for _, entry in ipairs(known.list) do
    local name = entry.name:match("^" .. of.name .. "[.:]([%w_]+)$")
    if name ~= nil and entry.group == of.group then names[#names + 1] = name end
  end
  if #names > 0 then of.notes[#of.notes + 1] = { what = of.group == "lua" and "functions" or "methods", text = table.concat(names, ", ") } end
end

--- The part of a name behind the last dot or colon.
---@param name string
---@return string
function entries.last_part(name)
  return name:match("([%w_]+)$") or name
end

--- All there is.
---@return table {list = entries in order, by_name, by_last = last part of the name → entries, inner = classes shown inside a word's entry}
function entries.gather()
  if known ~= nil then return known end
  known = { list = {}, by_name = {}, by_last = {}, inner = {} }
  local function add(entry)
    local list, last, same = known.list, entries.last_part(entry.name), known.by_name[entry.name]
    if same ~= nil and same.group == entry.group then -- `duration` is a value and the function that makes one
      same.call, same.params, same.returns, same.example = entry.call, entry.params, entry.returns, entry.example
      same.text = same.text .. " As a function: " .. entry.text:gsub("^%u", string.lower)
      return
    end
    list[#list + 1] = entry
    known.by_name[entry.name] = same or entry
    known.by_last[last] = known.by_last[last] or {}
    table.insert(known.by_last[last], entry)
  end
  for _, part in ipairs { { "words", "words.lua" }, { "values", "values.lua" } } do
    for spec in pairs(of_types(part[1], part[2], add)) do known.inner[spec] = true end
  end
  of_conditions(add)
  of_blocks(add)
  of_types("lua", "lua.lua", add)
  of_kinds(add)
  for _, entry in ipairs(known.list) do members(entry) end
  return known
end

return entries
