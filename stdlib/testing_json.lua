-- Writes the outcome of tests as JSON (assay.test/1), members sorted.

local json = {}

local ESCAPES = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

local function text_of(value)
  return '"' .. value:gsub('[%c"\\]', function(char) return ESCAPES[char] or ("\\u%04x"):format(char:byte()) end) .. '"'
end

local write

local function list_of(value, indent)
  local parts = {}
  for i = 1, #value do parts[i] = write(value[i], indent .. "  ") end
  return parts, "[", "]"
end

local function map_of(value, indent)
  local parts = {}
  for key, item in pairs(value) do parts[#parts + 1] = text_of(key) .. ": " .. write(item, indent .. "  ") end
  return parts, "{", "}"
end

function write(value, indent)
  if type(value) == "string" then return text_of(value) end
  if type(value) ~= "table" then return engine.to_text(value) end
  local is_list = value[1] ~= nil or getmetatable(value) ~= nil
  local parts, open, close = (is_list and list_of or map_of)(value, indent)
  if #parts == 0 then return open .. close end
  local inner = "\n" .. indent .. "  "
  return open .. inner .. table.concat(parts, "," .. inner) .. "\n" .. indent .. close
end

--- Plain data as JSON. Empty lists are those that engine.list made.
---@param document table
---@return string
function json.write(document)
  return write(document, "") .. "\n"
end

return json
