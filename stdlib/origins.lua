-- Where what is in force comes from: the line that declares a param, sets its value, or begins a check. Asks the loaded packs.

local rule_parts = require "rule_parts"

local origins = {}

local read = {} -- text of a file → what rule_parts makes of it

--- The text of one of a rule's files, to be asked for its parts; nil where the rule could not be loaded.
---@param mine packs.Entry
---@param chunk string
---@return table|nil
function origins.source(mine, chunk)
  local file = mine.sources ~= nil and mine.sources[chunk] or nil
  if file == nil or file.text == nil then return nil end
  read[file.text] = read[file.text] or rule_parts.source(file.text)
  return read[file.text]
end

--- The file of the rule itself, as chunks are named: "iso27001/annex_a/a_5_18_access_rights.lua".
---@param mine packs.Entry
---@return string
function origins.file(mine)
  return mine.pack .. "/" .. mine.path
end

--- The files that tailor a rule, in the order in which they apply.
---@param mine packs.Entry
---@return string[]
function origins.extensions(mine)
  local list = engine.list {}
  for i = 2, #(mine.files or {}) do list[#list + 1] = mine.files[i].path end
  return list
end

--- Where a check stands.
---@param mine packs.Entry
---@param name string
---@return table place {file, line}
---@return table|nil part keys and lines of the check in its file
---@return table|nil source
function origins.check(mine, name)
  local chunk = mine.checks ~= nil and mine.checks[name] or origins.file(mine)
  local source = origins.source(mine, chunk)
  local part = source ~= nil and rule_parts.check(source, name) or nil
  return { file = chunk, line = part and part.line or nil }, part, source
end

local params_of = {} -- source → rule id → where its params stand

local function params(source, id)
  local known = params_of[source] or {}
  params_of[source] = known
  if known[id] == nil then
    local top = rule_parts.rule(source, id).params
    known[id] = top ~= nil and top.text:sub(1, 1) == "{" and rule_parts.entries(source, top.from) or {}
  end
  return known[id]
end

local function declared(mine, name)
  local chunk = mine.declared ~= nil and mine.declared[name] or nil
  if chunk == nil or chunk == "rule" then chunk = origins.file(mine) end
  local source = origins.source(mine, chunk)
  if source == nil then return { file = chunk } end
  local keyed = params(source, mine.id)
  local line = keyed[name] ~= nil and keyed[name].line or source:line(source:key(name))
  return { file = chunk, line = line }
end

--- Where the value of a param comes from.
---@param mine packs.Entry
---@param name string
---@return table {from = "rule" | "tailoring" | "assay.yaml" | "--param", file, line}
function origins.param(mine, name)
  local origin = mine.origins[name]
  if origin == "--param" then return { from = origin } end
  if origin == "assay.yaml" then
    local at = mine.places[name] or {}
    return { from = origin, file = at.document, line = at.line }
  end
  local place = declared(mine, name)
  place.from = origin == "rule" and "rule" or "tailoring"
  return place
end

--- "file:line", as far as there is one.
---@param place table {file, line}
---@return string
function origins.text(place)
  if place.file == nil then return "" end
  return place.line ~= nil and ("%s:%d"):format(place.file, place.line) or place.file
end

return origins
