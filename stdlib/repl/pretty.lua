-- Values as text: one line where it fits, else a line for each member. The same value always gives the same text; what is nested too
-- deeply, or refers to itself, is said so.

local plain = require "plain"
local show = require "show"

local pretty = {}

local DEEP = 8      -- levels
local LONG = 4096   -- bytes of one text

local function quoted(text)
  text = show.cut(text, LONG):gsub('[\\"]', "\\%0"):gsub("\n", "\\n"):gsub("\t", "\\t"):gsub("\r", "\\r")
  return '"' .. plain.safe(text) .. '"'
end

--- A value that is no table, in a few words. Texts are quoted where `nested`.
---@param value any
---@param nested boolean|nil
---@return string
function pretty.scalar(value, nested)
  if value == nil or value == engine.null then return "nil" end
  if type(value) == "string" then return nested and quoted(value) or value end
  local is = engine.is(value)
  if is == "record" or is == "collection" then return plain.safe(tostring(value)) end
  if type(value) == "function" then return "function" end
  return engine.to_text(value) or plain.safe(tostring(value))
end

--- The members of a table or list in their order: keys, values, whether it is a list, how many there are. nil and why where
--- they have none.
---@param value any
---@param most integer|nil
---@return table|nil keys
---@return table|string values
---@return boolean|nil is_list
---@return integer|nil count
function pretty.members(value, most)
  local keys, values, n, sequence = {}, {}, 0, true
  local ok, why = engine.try(function()
    for key, item in pairs(value) do
      n = n + 1
      if key ~= n then sequence = false end
      if most == nil or n <= most then keys[n], values[n] = key, item end
    end
  end)
  if not ok then return nil, why end
  return keys, values, sequence and n > 0, n
end

local function is_nested(value)
  if value == engine.null then return false end
  return type(value) == "table" or engine.is(value) == "list"
end

pretty.is_nested = is_nested

local write

local function key_text(key)
  if type(key) == "string" and key:find("^[%a_][%w_]*$") then return key end
  return "[" .. pretty.scalar(key, true) .. "]"
end

--- The parts of a table, each on one line, or nil where they need more than `room` columns.
local function parts_of(value, depth, above, room, many)
  local keys, values, is_list, n = pretty.members(value, many)
  if keys == nil then return nil, "{…} -- its keys have no order" end
  if n == 0 then return {}, nil, n end
  if depth >= DEEP then return nil, "{…}" end
  above[value] = true
  local parts, used = {}, 4
  for i = 1, #keys do
    local before = is_list and "" or key_text(keys[i]) .. " = "
    local text = write(values[i], depth + 1, above, room ~= nil and room - used or nil, many)
    if text == nil then
      above[value] = nil
      return nil
    end
    parts[i] = before .. text
    used = used + plain.width(parts[i]) + 2
    if room ~= nil and used > room then
      above[value] = nil
      return nil
    end
  end
  above[value] = nil
  if many ~= nil and n > many then parts[#parts + 1] = ("… %d more"):format(n - many) end
  return parts, nil, n
end

--- On one line within `room` columns, or nil.
function write(value, depth, above, room, many)
  if not is_nested(value) then
    local text = pretty.scalar(value, true)
    if room ~= nil and plain.width(text) > math.max(room, 0) then return nil end
    return text
  end
  if above[value] then return "{…} -- itself" end
  local parts, whole = parts_of(value, depth, above, room, many)
  if whole ~= nil then return whole end
  if parts == nil then return nil end
  if #parts == 0 then return "{}" end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

local lines

--- A list of scalars: as many on a line as fit.
local function flow(values, n, width, indent, many, out)
  local parts = {}
  for i = 1, #values do parts[i] = pretty.scalar(values[i], true) .. (i < #values and "," or "") end
  if many ~= nil and n > many then parts[#parts + 1] = ("… %d more"):format(n - many) end
  local line, used = {}, 0
  for _, part in ipairs(parts) do
    local needed = plain.width(part) + 1
    if used > 0 and used + needed > width - #indent - 2 then
      out[#out + 1] = indent .. "  " .. table.concat(line, " ")
      line, used = {}, 0
    end
    line[#line + 1] = part
    used = used + needed
  end
  out[#out + 1] = indent .. "  " .. table.concat(line, " ")
end

local function all_scalars(values)
  for i = 1, #values do
    if is_nested(values[i]) then return false end
  end
  return true
end

local function block(value, depth, above, width, indent, many, out)
  local keys, values, is_list, n = pretty.members(value, many)
  if is_list and all_scalars(values) then return flow(values, n, width, indent, many, out) end
  above[value] = true
  for i = 1, #keys do
    local before = indent .. "  " .. (is_list and "" or key_text(keys[i]) .. " = ")
    lines(values[i], depth + 1, above, width, before, indent .. "  ", i < #keys and "," or "", many, out)
  end
  if many ~= nil and n > many then out[#out + 1] = ("%s  … %d more"):format(indent, n - many) end
  above[value] = nil
end

function lines(value, depth, above, width, before, indent, after, many, out)
  local one = write(value, depth, above, width - plain.width(before) - #after, many)
  if one == nil and (not is_nested(value) or depth >= DEEP) then one = write(value, DEEP, above, nil, many) end
  if one ~= nil then
    out[#out + 1] = before .. one .. after
    return
  end
  out[#out + 1] = before .. "{"
  block(value, depth, above, width, indent, many, out)
  out[#out + 1] = indent .. "}" .. after
end

--- A value as text of one or more lines.
---@param value any
---@param width integer
---@param many integer|nil members of one table that are shown; all of them
---@return string
function pretty.text(value, width, many)
  local out = {}
  lines(value, 0, {}, width, "", "", "", many, out)
  return table.concat(out, "\n") .. "\n"
end

--- A value as one short line: for cells.
---@param value any
---@param room integer columns
---@return string
function pretty.cell(value, room)
  if not is_nested(value) then return pretty.scalar(value) end
  local text = write(value, DEEP - 3, {}, room, 50)
  if text ~= nil then return text end
  local keys, why, is_list, n = pretty.members(value, 0)
  if keys == nil then return show.cut(why, 80) end
  return plain.count(n, is_list and "item" or "member")
end

return pretty
