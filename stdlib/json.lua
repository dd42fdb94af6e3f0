-- Writes plain data as JSON: names in a given order, the others sorted behind them, two blanks of indent, everything escaped that a
-- terminal or a web page could take for more than text.

local plain = require "plain"

local json = {}

local ESCAPES = { ['"'] = '\\"', ["\\"] = "\\\\", ["\n"] = "\\n", ["\r"] = "\\r", ["\t"] = "\\t", ["\b"] = "\\b", ["\f"] = "\\f" }

local function escape(code)
  if code > 0xFFFF then
    code = code - 0x10000
    return ("\\u%04X\\u%04X"):format(0xD800 + (code >> 10), 0xDC00 + (code & 0x3FF))
  end
  return ("\\u%04X"):format(code)
end

local function text(value)
  local out = value:gsub('[%c"\\<\127]', function(c) return ESCAPES[c] or escape(c:byte()) end)
  if not out:find("[\128-\255]") then return '"' .. out .. '"' end
  local parts = {}
  for piece, after in (out .. "\0"):gmatch("([^\128-\255]*)([\128-\255]*)") do
    parts[#parts + 1] = piece
    if after ~= "" then
      if utf8.len(after) == nil then
        parts[#parts + 1] = plain.safe(after):gsub("\\", "\\\\")
      else
        for _, code in utf8.codes(after) do
          local bare = utf8.char(code)
          parts[#parts + 1] = plain.safe(bare) == bare and bare or escape(code)
        end
      end
    end
  end
  return '"' .. table.concat(parts):sub(1, -2) .. '"'
end

local function number(value)
  if value ~= value or value == math.huge or value == -math.huge then return "null" end
  if math.type(value) == "integer" then return tostring(value) end
  if value == math.floor(value) and math.abs(value) < 1e15 then return ("%d"):format(value) end
  local short = ("%.15g"):format(value)
  return tonumber(short) == value and short or ("%.17g"):format(value)
end

local function names_of(value, rank)
  local names = {}
  for name in pairs(value) do
    if type(name) == "string" and name:sub(1, 2) ~= "__" then names[#names + 1] = name end
  end
  table.sort(names, function(a, b)
    local x, y = rank[a] or math.huge, rank[b] or math.huge
    if x ~= y then return x < y end
    return a < b
  end)
  return names
end

local encode

local function list(value, indent, rank, out)
  out[#out + 1] = "[\n"
  for i = 1, #value do
    out[#out + 1] = indent .. "  "
    encode(value[i], indent .. "  ", rank, out)
    out[#out + 1] = i < #value and ",\n" or "\n"
  end
  out[#out + 1] = indent .. "]"
end

local function map(value, names, indent, rank, out)
  out[#out + 1] = "{\n"
  for i, name in ipairs(names) do
    out[#out + 1] = indent .. "  " .. text(name) .. ": "
    encode(value[name], indent .. "  ", rank, out)
    out[#out + 1] = i < #names and ",\n" or "\n"
  end
  out[#out + 1] = indent .. "}"
end

function encode(value, indent, rank, out)
  local kind = type(value)
  if kind == "table" and value ~= engine.null then
    if value[1] ~= nil then return list(value, indent, rank, out) end
    local names = names_of(value, rank)
    if #names > 0 then return map(value, names, indent, rank, out) end
    out[#out + 1] = json.is_list(value) and "[]" or "{}"
  elseif kind == "string" then
    out[#out + 1] = text(value)
  elseif kind == "number" then
    out[#out + 1] = number(value)
  elseif kind == "boolean" then
    out[#out + 1] = tostring(value)
  else
    out[#out + 1] = value == nil and "null" or value == engine.null and "null" or text(engine.to_text(value))
  end
end

local LIST = getmetatable(engine.list {})

--- Whether an empty table stands for a list: engine.list marks them.
---@param value table
---@return boolean
function json.is_list(value)
  return value[1] ~= nil or (LIST ~= nil and getmetatable(value) == LIST)
end

--- Plain data as JSON text, with a newline at the end.
---@param value any
---@param order string[]|nil names that come first, wherever they occur
---@return string
function json.encode(value, order)
  local rank, out = {}, {}
  for i, name in ipairs(order or {}) do rank[name] = i end
  encode(value, "", rank, out)
  out[#out + 1] = "\n"
  return table.concat(out)
end

return json
