-- Manifests of bundles, looked at for what reading them does not tell: patterns of text documents whose time can explode. Opens nothing
-- but the manifests; an archive is not opened.

local lines = require "lines"
local regex = require "lint.regex"

local bundle = {}

local PATTERNS = { "pattern", "skip" }

local function manifest_of(path)
  if engine.exists(path) == "folder" then path = path:gsub("/+$", "") .. "/bundle.yaml" end
  return path:find("bundle%.yaml$") and engine.exists(path) == "file" and path or nil
end

local function check_entry(path, where, entry)
  for _, key in ipairs(PATTERNS) do
    local pattern = entry[key]
    local why, how = nil, nil
    if type(pattern) == "string" then why, how = regex.explodes(pattern) end
    if why ~= nil then
      local line, column = where(entry, key)
      engine.diag { code = "W0850", severity = "warning", document = path, line = line, column = column, source = lines.of(path, line),
        message = ("the time of `%s` can grow %s: %s"):format(key, regex.growth(how), why), help = regex.HELP }
    end
  end
end

--- Looks at the manifests of bundles. What is wrong with one as YAML is told, too, as reading the bundle tells it.
---@param paths string[]
function bundle.check(paths)
  for _, given in ipairs(paths) do
    local path = manifest_of(given)
    local text = path ~= nil and engine.read(path) or nil
    local raw, where
    if text ~= nil then raw, where = engine.yaml(text, path) end
    for _, entry in ipairs(type(raw) == "table" and type(raw.documents) == "table" and raw.documents or {}) do
      if type(entry) == "table" then check_entry(path, where, entry) end
    end
  end
end

return bundle
