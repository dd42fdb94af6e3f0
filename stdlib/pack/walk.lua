-- Reads the folder of one pack: pack.yaml, its catalogue, the Lua files. Finds rules by walking, keeps no list
-- of them, and compiles nothing.

local lines = require "lines"
local schema = require "schema"

local walk = {}

local PACK = {
  schema = { type = "text", required = true, one_of = { "assay.pack/1" }, help = "begin the file with `schema: assay.pack/1`" },
  name = { type = "text", required = true, test = function(v)
    if not v:find("^[%w][%w_.-]*$") then return "may hold letters, digits, `_`, `-` and `.` only" end
  end },
  version = { type = "scalar", required = true },
  title = { type = "text" },
  description = { type = "text" },
  licence = { type = "text" },
  catalog = { type = "text" },
  engine = { type = "scalar" },
}

local WORDS = { type = "list", items = { type = "text" } }
local ANY = { type = "any" }

local ENTRY = {
  id = { type = "text", required = true, help = 'write ids in quotes: "4.1"' },
  kind = { type = "text", required = true, one_of = { "clause", "control" } },
  title = { type = "text", required = true },
  theme = { type = "text" }, label = { type = "text" }, purpose = { type = "text" },
  chapter = ANY, parent = ANY, documented_information = ANY,
  control_type = { type = "list", items = { type = "text", one_of = { "preventive", "detective", "corrective" } } },
  properties = WORDS, concepts = WORDS, capabilities = WORDS, domains = WORDS,
  iso27001_2013 = WORDS, amended_by = WORDS, aliases = WORDS,
  new_in_2022 = { type = "boolean" },
}

local CATALOG = {
  schema = { type = "text", required = true, one_of = { "assay.catalog/1" }, help = "begin the file with `schema: assay.catalog/1`" },
  standard = ANY, counts = ANY, vocabulary = ANY,
  entries = { type = "list", required = true, items = { type = "map", fields = ENTRY } },
}

local function fault(code, document, message, help)
  engine.diag { code = code, severity = "error", document = document, message = message, help = help }
end

local function numbers(version)
  local major, minor, patch = tostring(version):match("^(%d+)%.?(%d*)%.?(%d*)")
  if major == nil then return nil end
  return { tonumber(major), tonumber(minor) or 0, tonumber(patch) or 0 }
end

--- Whether `version` meets a demand of the form ">=0.1", "=1.2.0" or "0.1" (at least).
local function meets(version, demand)
  local op, rest = tostring(demand):match("^%s*([<>=]*)%s*(.-)%s*$")
  local a, b = numbers(version), numbers(rest)
  if a == nil or b == nil then return nil end
  local order = 0
  for i = 1, 3 do
    if a[i] ~= b[i] then
      order = a[i] < b[i] and -1 or 1
      break
    end
  end
  if op == "" or op == ">=" then return order >= 0 end
  if op == ">" then return order > 0 end
  if op == "=" or op == "==" then return order == 0 end
  if op == "<" then return order < 0 end
  if op == "<=" then return order <= 0 end
  return nil
end

local function read_yaml(path)
  local text, message = engine.read(path)
  if text == nil then
    fault("E0570", path, message or "cannot be read")
    return nil
  end
  local value, where = engine.yaml(text, path)
  return value, where, text
end

local null = engine.null

--- A copy without nulls.
local function plain(value)
  if type(value) ~= "table" then return value ~= null and value or nil end
  local out = {}
  if value[1] ~= nil then
    for i = 1, #value do
      if value[i] ~= null then out[i] = plain(value[i]) end
    end
    return out
  end
  for key, item in pairs(value) do
    if item ~= null then out[key] = plain(item) end
  end
  return out
end

local names_of_entry = {}
for name in pairs(ENTRY) do names_of_entry[#names_of_entry + 1] = name end

--- The same for an entry of a catalogue that keeps to its schema: it has no other names.
local function plain_entry(entry)
  local out = {}
  for i = 1, #names_of_entry do
    local name = names_of_entry[i]
    local item = entry[name]
    if item ~= nil then out[name] = plain(item) end
  end
  return out
end

local function read_catalog(path)
  local raw, where, text = read_yaml(path)
  if raw == nil then return nil end
  if not schema.check(raw, CATALOG, { document = path, code = "E0572", where = where }) then return nil end
  local entries = {}
  for i, entry in ipairs(raw.entries) do
    local mine = plain_entry(entry)
    local line, column
    if where then line, column = where(entry, "id") end
    mine.document, mine.line, mine.column = path, line, column
    entries[i] = mine
  end
  return entries, text
end

local function join(folder, name)
  return (folder:gsub("/+$", "")) .. "/" .. name
end

local function is_rule(name)
  return name:find("%.lua$") and not name:find("_test%.lua$")
end

--- One hash for a set of files: that of their sorted paths and hashes.
---@param files table[] {path=, sha256=}
---@return string
function walk.digest(files)
  local rows = {}
  for i, file in ipairs(files) do rows[i] = file.path .. "\0" .. file.sha256 .. "\n" end
  table.sort(rows)
  return engine.sha256(table.concat(rows))
end

local function read_manifest(pack, files)
  local path = join(pack.path, "pack.yaml")
  if engine.exists(path) ~= "file" then
    -- a folder of rules and tailoring is a pack without ceremony: it bears the folder's name
    pack.name, pack.version = pack.path:gsub("/+$", ""):match("([^/]*)$"), "0"
    if pack.name == "" or pack.name == "." or pack.name == ".." then pack.name = "rules" end
    return true
  end
  local raw, where, text = read_yaml(path)
  if raw == nil or not schema.check(raw, PACK, { document = path, code = "E0571", where = where }) then return false end
  local manifest = plain(raw)
  pack.name, pack.version, pack.title = manifest.name, tostring(manifest.version), manifest.title
  files[#files + 1] = { path = "pack.yaml", sha256 = engine.sha256(text) }
  if manifest.engine and engine.version then
    local met = meets(engine.version, manifest.engine)
    if met ~= true then
      local line, column
      if where then line, column = where(raw, "engine") end
      engine.diag { code = "E0573", severity = "error", document = path, line = line, column = column,
        message = met == nil and ("`engine: %s` is no version"):format(manifest.engine)
          or ("the pack needs engine %s; this is %s"):format(manifest.engine, engine.version),
        help = met == nil and 'write it as ">=0.1"' or nil, source = lines.of(path, line) }
      return false
    end
  end
  if manifest.catalog then
    local inside = manifest.catalog
    if inside:sub(1, 1) == "/" or ("/" .. inside .. "/"):find("/../", 1, true) then
      fault("E0571", path, ("the catalogue `%s` lies outside the pack"):format(inside))
      return false
    end
    local entries, source = read_catalog(join(pack.path, inside))
    if entries == nil then return false end
    pack.entries = entries
    files[#files + 1] = { path = inside, sha256 = engine.sha256(source) }
  end
  return true
end

--- Reads a pack. Adds diagnostics E057x.
---@param path string folder
---@param trusted boolean
---@param checked boolean|nil the names in its rules are known to fit (the shipped pack, whose tests say so)
---@return table|nil pack {name, version, title, path, trusted, checked, entries, sources = {{path, shown, chunk, text, sha256}}, sha256}
function walk.read(path, trusted, checked)
  local pack = { path = path, trusted = trusted == true, checked = checked == true, entries = {}, sources = {} }
  if engine.exists(path) ~= "folder" then
    fault("E0570", path, "there is no such folder of rules", "give the folder that holds pack.yaml")
    return nil
  end
  local files = {}
  if not read_manifest(pack, files) then return nil end
  local names, message = engine.files(path, true)
  if names == nil then
    if message then fault("E0570", path, message) end
    return nil
  end
  for _, name in ipairs(names) do
    if is_rule(name) then
      local shown = join(path, name)
      local text, why = engine.read(shown)
      local source = { path = name, shown = shown, chunk = pack.name .. "/" .. name, text = text, why = why,
        sha256 = text and engine.sha256(text) or engine.sha256("") }
      pack.sources[#pack.sources + 1] = source
      files[#files + 1] = source
    elseif name:find("^kinds/.*%.yaml$") then
      files[#files + 1] = { path = name, sha256 = engine.sha256(engine.read(join(path, name)) or "") }
    end
  end
  if #pack.sources == 0 and #pack.entries == 0 then
    fault("E0574", path, "the folder holds no rules", "rules are files such as annex_a/a_5_18_access_rights.lua")
    return nil
  end
  pack.sha256 = walk.digest(files)
  return pack
end

return walk
