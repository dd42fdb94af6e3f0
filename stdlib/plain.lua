-- Text for a terminal: made safe to show, measured, wrapped, put into columns. Evidence is hostile: nothing of it reaches
-- a terminal unescaped.

local plain = {}

local DIRECTION = { [0x061C] = true, [0x200E] = true, [0x200F] = true, [0xFEFF] = true, [0x00AD] = true }

local function visible(code)
  if code < 0x20 or (code >= 0x7F and code <= 0x9F) then return false end
  if DIRECTION[code] then return false end
  if code >= 0x200B and code <= 0x200D then return false end
  if code >= 0x2028 and code <= 0x202E then return false end
  if code >= 0x2060 and code <= 0x206F then return false end
  if code >= 0xFFF0 and code <= 0xFFFB then return false end
  return not (code >= 0xE0000 and code <= 0xE0FFF)
end

--- One line of text that cannot move the cursor, change colours, reorder letters or hide: control and direction characters
--- and broken UTF-8 are written out; line breaks and tabs become blanks.
---@param text any
---@return string
function plain.safe(text)
  text = tostring(text):gsub("[\r\n\t]+", " ")
  if not text:find("[\0-\31\127-\255]") then return text end
  local out, at = {}, 1
  while at <= #text do
    local bad
    local length, place = utf8.len(text, at)
    if length then place = #text + 1 else bad = place end
    for _, code in utf8.codes(text:sub(at, place - 1)) do
      out[#out + 1] = visible(code) and utf8.char(code) or ("\\u{%X}"):format(code)
    end
    if bad then out[#out + 1] = ("\\x%02X"):format(text:byte(bad)) end
    at = bad and bad + 1 or place
  end
  return table.concat(out)
end

local function wide(code)
  return (code >= 0x1100 and code <= 0x115F) or (code >= 0x2E80 and code <= 0xA4CF) or (code >= 0xAC00 and code <= 0xD7A3)
    or (code >= 0xF900 and code <= 0xFAFF) or (code >= 0xFE30 and code <= 0xFE6F) or (code >= 0xFF00 and code <= 0xFF60)
    or (code >= 0xFFE0 and code <= 0xFFE6) or (code >= 0x1F300 and code <= 0x1F64F) or (code >= 0x1F900 and code <= 0x1F9FF)
    or (code >= 0x20000 and code <= 0x3FFFD)
end

--- Columns that a safe text takes.
---@param text string
---@return integer
function plain.width(text)
  if not text:find("[\128-\255]") then return #text end
  local n = 0
  for _, code in utf8.codes(text) do
    if not (code >= 0x300 and code <= 0x36F) then n = n + (wide(code) and 2 or 1) end
  end
  return n
end

--- The text with blanks behind it (or before it) up to a width. Never cuts.
---@param text string
---@param width integer
---@param right boolean|nil true: blanks before it
---@return string
function plain.pad(text, width, right)
  local blanks = (" "):rep(math.max(0, width - plain.width(text)))
  return right and blanks .. text or text .. blanks
end

--- Breaks a text into lines at blanks. A word longer than the width stays whole: ids and paths are never cut.
---@param text string safe text
---@param width integer
---@return string[]
function plain.wrap(text, width)
  local lines, line, used = {}, {}, 0
  for word in text:gmatch("[^ ]+") do
    local n = plain.width(word)
    if used > 0 and used + 1 + n > width then
      lines[#lines + 1] = table.concat(line, " ")
      line, used = {}, 0
    end
    line[#line + 1] = word
    used = used + n + (used > 0 and 1 or 0)
  end
  if used > 0 or #lines == 0 then lines[#lines + 1] = table.concat(line, " ") end
  return lines
end

--- A paragraph: the first line behind `first`, the others indented as far. Where `first` takes nearly the whole width, it has a
--- line of its own.
---@param first string
---@param text string safe text
---@param width integer
---@return string[]
function plain.hang(first, text, width)
  local indent = plain.width(first)
  if indent > width - 16 then
    local lines = plain.hang("    ", text, math.max(width, 20))
    table.insert(lines, 1, (first:gsub(" +$", "")))
    return lines
  end
  local lines = plain.wrap(text, width - indent)
  for i, line in ipairs(lines) do lines[i] = (i == 1 and first or (" "):rep(indent)) .. line end
  return lines
end

--- Rows as lines with aligned columns; the last column wraps. Texts are made safe.
---@param columns string[] names of the columns, in order
---@param rows table[] column to text
---@param width integer
---@return string
function plain.table(columns, rows, width)
  local widths = {}
  for i, column in ipairs(columns) do
    widths[i] = plain.width(column)
    for _, row in ipairs(rows) do widths[i] = math.max(widths[i], plain.width(plain.safe(row[column] or ""))) end
  end
  local out = {}
  local function add(get)
    local head = {}
    for i = 1, #columns - 1 do head[i] = plain.pad(get(columns[i]), widths[i]) end
    local first = table.concat(head, "  ") .. (#columns > 1 and "  " or "")
    for _, line in ipairs(plain.hang(first, get(columns[#columns]), width)) do out[#out + 1] = (line:gsub(" +$", "")) end
  end
  add(function(column) return column end)
  for _, row in ipairs(rows) do
    add(function(column) return plain.safe(row[column] or "") end)
  end
  return table.concat(out, "\n") .. "\n"
end

--- "1 risk", "3 risks".
function plain.count(n, one, many)
  return ("%s %s"):format(plain.number(n), n == 1 and one or many or one .. "s")
end

--- A number without a trailing ".0".
function plain.number(n)
  if n == math.floor(n) and n > -1e15 and n < 1e15 then return ("%d"):format(n) end
  return (("%.2f"):format(n):gsub("0$", ""))
end

return plain
