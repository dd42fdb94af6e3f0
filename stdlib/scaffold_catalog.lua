-- Adds an entry to the catalogue of a pack, and a catalogue to a pack that has none: as changed texts, which read as before with one entry
-- more. Writes nothing.

local scaffold_catalog = {}

local function ids_of(text, name)
  local value = engine.yaml(text, name)
  if type(value) ~= "table" then return nil end
  local list = {}
  local entries = value.entries
  if entries == engine.null then entries = nil end
  for _, entry in ipairs(entries or {}) do list[#list + 1] = type(entry) == "table" and entry.id or "?" end
  return list
end

--- The entry, indented as those of the catalogue are.
local function fitted(text, entry)
  local indent
  for blanks in ("\n" .. text):gmatch("\n( *)%-%s+id:") do indent = blanks end
  if indent == nil then return entry end
  return (("\n" .. entry):gsub("\n  ", "\n" .. indent):sub(2))
end

local function extended(path, text, id, entry)
  local before = ids_of(text, path)
  if before == nil then return nil, path .. " cannot be read" end
  for _, one in ipairs(before) do
    if one == id then return text end
  end
  local made = text .. (text:find("\n$") and "" or "\n") .. fitted(text, entry)
  local after = ids_of(made, path)
  if after == nil or #after ~= #before + 1 or after[#after] ~= id then return nil, ("an entry cannot be added to %s by itself"):format(path) end
  return made
end

--- What is to be written so that a pack's catalogue has an entry.
---@param folder string of the pack
---@param id string
---@param entry string its YAML
---@param fresh string the beginning of a new catalogue
---@return table[]|nil files {path, text, change = true where the file is there}
---@return string|nil why not
function scaffold_catalog.add(folder, id, entry, fresh)
  local manifest = engine.read(folder .. "/pack.yaml")
  if manifest == nil then return nil, ("%s has no pack.yaml, hence no requirements of its own"):format(folder) end
  local value = engine.yaml(manifest, folder .. "/pack.yaml")
  if type(value) ~= "table" then return nil, folder .. "/pack.yaml cannot be read" end
  local name = value.catalog
  if type(name) ~= "string" then
    return { { path = "pack.yaml", change = true, text = manifest .. (manifest:find("\n$") and "" or "\n") .. "catalog: catalog.yaml\n" },
      { path = "catalog.yaml", text = fresh .. entry } }
  end
  local path = folder .. "/" .. name
  local text, why = engine.read(path)
  if text == nil then return nil, why end
  local made
  made, why = extended(path, text, id, entry)
  if made == nil then return nil, why end
  return made == text and {} or { { path = name, change = true, text = made } }
end

return scaffold_catalog
