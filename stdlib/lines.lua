-- Lines of files that people write (settings, packs, manifests), for diagnostics. Reads a file when one of its lines is asked for.

local lines = {}

local read = {} -- path → {text, list}

--- The text of a line, or nil where the file cannot be read or has no such line.
---@param path string|nil
---@param number integer|nil from 1
---@return string|nil
function lines.of(path, number)
  if path == nil or number == nil then return nil end
  local text = engine.read(path)
  if text == nil then return nil end
  local known = read[path]
  if known == nil or known.text ~= text then
    known = { text = text, list = {} }
    for line in (text .. "\n"):gmatch("(.-)\r?\n") do known.list[#known.list + 1] = line end
    read[path] = known
  end
  return known.list[number]
end

return lines
