-- Plain data as the text of a Lua table, which gives the same data when it is run.

local lua_text = {}

local WORDS = {}
for word in ("and break do else elseif end false for function goto if in local nil not or repeat return then true until while"):gmatch("%a+") do
  WORDS[word] = true
end

local ESCAPES = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t" }

--- A text that no editor shows as anything else than what it is.
local function quoted(text)
  local escaped = text:gsub('[%c"\\\127-\255]', function(c)
    return ESCAPES[c] or (c:byte() < 0x80 and ("\\x%02x"):format(c:byte())) or nil
  end)
  if utf8.len(escaped) ~= nil and not escaped:find("[\194\226\239\243]") then return '"' .. escaped .. '"' end
  return '"' .. escaped:gsub("[\128-\255]", function(c) return ("\\x%02x"):format(c:byte()) end) .. '"'
end

local write

local function key_text(key)
  if type(key) == "string" and key:find("^[%a_][%w_]*$") and not WORDS[key] then return key end
  return "[" .. write(key, "") .. "]"
end

function write(value, indent)
  local kind = type(value)
  if value == nil or value == engine.null then return "nil" end
  if kind == "string" then return quoted(value) end
  if kind == "boolean" then return tostring(value) end
  if kind == "number" then return math.type(value) == "integer" and ("%d"):format(value) or ("%.17g"):format(value) end
  if kind ~= "table" then return quoted(engine.to_text(value) or tostring(value)) end
  local out, inner = {}, indent .. "  "
  for i = 1, #value do out[#out + 1] = inner .. write(value[i], inner) end
  if #out == 0 then
    for key, item in pairs(value) do out[#out + 1] = inner .. key_text(key) .. " = " .. write(item, inner) end
  end
  if #out == 0 then return "{}" end
  return "{\n" .. table.concat(out, ",\n") .. "\n" .. indent .. "}"
end

--- The text of a table constructor.
---@param value any plain data
---@return string
function lua_text.of(value)
  return write(value, "")
end

return lua_text
