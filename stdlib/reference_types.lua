-- Annotations for editors (lua-language-server and its kin) made of what is known: conditions, building blocks, kinds. They stand in
-- stdlib/types beside those written by hand; `assay list … --format lua` prints them, also for kinds of one's own.

local entries = require "reference_entries"

local types = {}

local HEAD = "---@meta %s\n-- Made by `make reference` of %s.\n"

local function doc(out, text, mark)
  local line = {}
  local used = 0
  for word in text:gmatch("%S+") do
    if used + #word > 130 and used > 0 then
      out[#out + 1] = mark .. table.concat(line, " ")
      line, used = {}, 0
    end
    line[#line + 1] = word
    used = used + #word + 1
  end
  if used > 0 then out[#out + 1] = mark .. table.concat(line, " ") end
end

local function bare(name)
  return (name:gsub("^…$", "..."))
end

--- A function as an annotated, empty one.
local function stub(out, item, owner)
  out[#out + 1] = ""
  doc(out, item.text, "--- ")
  if #item.example > 0 then
    out[#out + 1] = "--- ```lua"
    for _, line in ipairs(item.example) do out[#out + 1] = "--- " .. line end
    out[#out + 1] = "--- ```"
  end
  for _, param in ipairs(item.params) do
    out[#out + 1] = ("---@param %s%s %s %s"):format(bare(param.name), param.optional and "?" or "", param.type, param.text):gsub("%s+$", "")
  end
  for _, returned in ipairs(item.returns) do
    out[#out + 1] = ("---@return %s %s%s"):format(returned.type, returned.many and "... " or "", returned.text):gsub("%s+$", "")
  end
  out[#out + 1] = ("function %s%s end"):format(owner, (item.call:gsub("…", "...")))
end

local function of_group(out, group, owner)
  for _, entry in ipairs(entries.gather().list) do
    if entry.group == group then stub(out, entry.item, owner) end
  end
end

--- The ready-made conditions.
---@return string
function types.conditions()
  local out = { HEAD:format("_", "the doc comments of stdlib/conditions_*.lua"):sub(1, -2) }
  of_group(out, "conditions", "")
  return table.concat(out, "\n") .. "\n"
end

--- The building blocks.
---@return string
function types.blocks()
  local out = { HEAD:format("checks", "the doc comments of stdlib/checks_*.lua"), "---@class checks", "local checks = {}" }
  of_group(out, "blocks", "checks.")
  out[#out + 1] = "\nreturn checks"
  return table.concat(out, "\n") .. "\n"
end

local SCALARS = {
  string = "string", text = "string", integer = "integer", number = "number", percent = "number", boolean = "boolean", date = "time", time = "time",
  duration = "duration",
}

local function words(list)
  local quoted = {}
  for i, word in ipairs(list) do quoted[i] = ('"%s"'):format(word) end
  return table.concat(quoted, "|")
end

--- The type of a field; of references that of the record and that of the key.
local function type_of(field)
  local item = field.type == "list" and field.item or field.type
  local list = field.type == "list"
  if item == "ref" then
    return list and ("record.%s[]"):format(field.target) or "record." .. field.target, list and "string[]" or "string"
  end
  local text = item == "enum" and words(field.words or {}) or SCALARS[item] or "any"
  if list then return item == "enum" and ("(%s)[]"):format(text) or text .. "[]" end
  return text
end

--- What a filter may compare it with: a value, or a list of values.
local function filter_type(field, side)
  local item = field.type == "list" and field.item or field.type
  local one = item == "enum" and words(field.words or {}) or SCALARS[item] or "any"
  if item == "ref" then one = ("record.%s|string"):format(field.target) end
  if one == "any" then return one, side end
  return one:find("|", 1, true) and ("%s|(%s)[]"):format(one, one) or ("%s|%s[]"):format(one, one)
end

--- The names by which a field is read: {name, type, text}.
local function sides(field)
  local found = {}
  local about = { field.required and "required" or nil }
  about[#about + 1] = field.comment
  local text = table.concat(about, "; ")
  local record, key = type_of(field)
  if key == nil then return { { name = field.name, type = record, text = text } } end
  local key_text = text ~= "" and text or nil
  if field.record_name ~= nil then found[1] = { name = field.record_name, type = record, text = text } end
  if field.key_name ~= nil then
    found[#found + 1] = { name = field.key_name, type = key, text = ("key%s of %s"):format(field.type == "list" and "s" or "", field.target) .. (key_text and "; " .. key_text or "") }
  end
  return found
end

--- A method of collections for one kind.
local function method(entry, name)
  local function own(kind)
    kind = kind:gsub("%f[%w]filter%f[%W]", "filter." .. name .. "|fun(record: record." .. name .. "): any")
    kind = kind:gsub("%f[%w]what%f[%W]", "what." .. name):gsub("^collection$", "collection." .. name):gsub("^group%[%]$", "group." .. name .. "[]")
    return (kind:gsub("%f[%w]record%f[%W]([^:.])", "record." .. name .. "%1"):gsub("%f[%w]record$", "record." .. name))
  end
  local arguments, results = { "self: collection." .. name }, {}
  for _, param in ipairs(entry.params) do
    local kind = own(param.type)
    local optional = kind:find("|nil$") ~= nil
    arguments[#arguments + 1] = ("%s%s: %s"):format(param.name, optional and "?" or "", (kind:gsub("|nil$", "")))
  end
  for _, returned in ipairs(entry.returns) do results[#results + 1] = (own(returned.type):gsub("|nil$", "")) end
  return ("---@field %s fun(%s): %s %s"):format(entry.item.name, table.concat(arguments, ", "), table.concat(results, ", "), entry.brief)
end

--- One kind: its records, what `where` takes, its collection.
---@param name string
---@return string|nil nil where there is no such kind
function types.kind(name)
  local kind = engine.kind(name)
  if kind == nil then return nil end
  local out = { HEAD:format("_", ("the kind `%s`"):format(name)) }
  doc(out, kind.title or name, "--- ")
  out[#out + 1] = "---@class record." .. name
  local filters, names, seen = {}, {}, {}
  for _, field in ipairs(kind.fields) do
    for _, side in ipairs(sides(field)) do
      if not seen[side.name] then
        seen[side.name] = true
        out[#out + 1] = ("---@field %s %s %s"):format(side.name, side.type, side.text):gsub("%s+$", "")
        filters[#filters + 1] = ("---@field %s? %s"):format(side.name, (filter_type(field)))
        names[#names + 1] = ('"%s"'):format(side.name)
      end
    end
  end
  out[#out + 1] = "\n---@class filter." .. name
  for _, line in ipairs(filters) do out[#out + 1] = line end
  out[#out + 1] = ("\n---@alias what.%s %s|fun(record: record.%s): any"):format(name, table.concat(names, "|"), name)
  out[#out + 1] = ("\n---@class group.%s: group\n---@field members collection.%s"):format(name, name)
  out[#out + 1] = ("\n--- Records of the kind `%s`.\n---@class collection.%s: collection\n---@field [integer] record.%s"):format(name, name, name)
  for _, entry in ipairs(entries.gather().list) do
    if entry.what == "method" and entry.item.owner == "collection" then out[#out + 1] = method(entry, name) end
  end
  if name ~= "organization" then -- which is a record: isms.organization
    out[#out + 1] = ("\n---@class (partial) isms.kinds\n---@field %s collection.%s %s"):format(name, name, kind.title or "")
  end
  return table.concat(out, "\n") .. "\n"
end

--- The names of all kinds; behind that, each kind as `types.kind` gives it.
---@return string
function types.kinds()
  local out = { HEAD:format("_", "the names of kinds"), "--- The name of a kind.\n---@alias kind_name string" }
  local names = engine.kinds()
  for _, name in ipairs(names) do out[#out + 1] = ('---| "%s"'):format(name) end
  out[#out + 1] = "\n--- An entry of `needs`: a kind, with `?` behind it where the rule can do without.\n---@alias need_name string"
  for _, name in ipairs(names) do out[#out + 1] = ('---| "%s"\n---| "%s?"'):format(name, name) end
  for _, name in ipairs(names) do out[#out + 1] = "\n" .. types.kind(name):sub(1, -2) end
  return table.concat(out, "\n") .. "\n"
end

return types
