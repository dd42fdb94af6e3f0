-- What the parts of the generator share: a small random generator of its own, calendar days, and writers that stream.
-- Reads no clock and no randomness of the machine: the same call writes the same bytes everywhere.

local tools = { counts = {}, kinds = {}, files = {} }

-- ---- random numbers ----

local Random = {}
Random.__index = Random

--- A stream of random numbers of its own: what one part draws does not move what another part gets.
---@param name string
function tools.random(name)
  local state = 0x2026063027001
  for i = 1, #name do state = (state ~ name:byte(i)) * 0x100000001b3 end
  return setmetatable({ state = state }, Random)
end

--- A whole number from `low` to `high`.
function Random:int(low, high)
  self.state = self.state * 6364136223846793005 + 1442695040888963407
  return low + (self.state >> 33) % (high - low + 1)
end

function Random:one_of(list) return list[self:int(1, #list)] end

--- True in `percent` of a hundred cases.
function Random:chance(percent) return self:int(1, 100) <= percent end

--- `n` different members of the list, in its order.
function Random:some(list, n)
  local out, left = {}, math.min(n, #list)
  for i = 1, #list do
    if left > 0 and self:int(1, #list - i + 1) <= left then
      out[#out + 1] = list[i]
      left = left - 1
    end
  end
  return out
end

-- ---- days: numbers since 1970-01-01 ----

--- The number of a day written as 2026-06-30.
function tools.day(text)
  local y, m, d = text:match("^(%d+)-(%d+)-(%d+)$")
  y, m, d = tonumber(y), tonumber(m), tonumber(d)
  if m <= 2 then y = y - 1 end
  local era, moved = y // 400, m > 2 and m - 3 or m + 9
  local of_era = y - era * 400
  local of_year = (153 * moved + 2) // 5 + d - 1
  return era * 146097 + of_era * 365 + of_era // 4 - of_era // 100 + of_year - 719468
end

--- 2026-06-30 for the number of a day; nil for nil.
function tools.date(day)
  if day == nil then return nil end
  local z = day + 719468
  local era = z // 146097
  local of_era = z - era * 146097
  local year_of_era = (of_era - of_era // 1460 + of_era // 36524 - of_era // 146096) // 365
  local of_year = of_era - (365 * year_of_era + year_of_era // 4 - year_of_era // 100)
  local m = (5 * of_year + 2) // 153
  local d = of_year - (153 * m + 2) // 5 + 1
  local month = m < 10 and m + 3 or m - 9
  return ("%04d-%02d-%02d"):format(year_of_era + era * 400 + (month <= 2 and 1 or 0), month, d)
end

--- A moment of that day, `minutes` after midnight UTC (they may run into the next day).
function tools.moment(day, minutes)
  if day == nil then return nil end
  local into = minutes % 1440
  return ("%sT%02d:%02d:00Z"):format(tools.date(day + minutes // 1440), into // 60, into % 60)
end

--- The first weekday from that day on.
function tools.weekday(day)
  local after = (day + 3) % 7 -- 0 is Monday
  return after >= 5 and day + 7 - after or day
end

--- Sorts the list; what `less` holds for equal stays in its order, so that the bytes never hang on the sort.
function tools.sort(list, less)
  local place = {}
  for i, item in ipairs(list) do place[item] = i end
  table.sort(list, function(a, b)
    if less(a, b) then return true end
    if less(b, a) then return false end
    return place[a] < place[b]
  end)
end

-- ---- texts ----

local function json_text(s)
  return '"' .. s:gsub('[%c"\\]', function(c)
    if c == '"' or c == "\\" then return "\\" .. c end
    if c == "\n" then return "\\n" end
    return ("\\u%04x"):format(c:byte())
  end) .. '"'
end

local function json(value)
  local kind = type(value)
  if value == nil then return "null" end
  if kind == "string" then return json_text(value) end
  if kind == "table" then
    if value.raw then return value.raw end
    local out = {}
    for i, item in ipairs(value) do out[i] = json(item) end
    return "[" .. table.concat(out, ",") .. "]"
  end
  return tostring(value)
end

--- A JSON object of names and values in turn; nil becomes null, a list an array.
function tools.object(...)
  local out = {}
  for i = 1, select("#", ...), 2 do
    local name, value = select(i, ...)
    out[#out + 1] = json_text(name) .. ":" .. json(value)
  end
  return { raw = "{" .. table.concat(out, ",") .. "}" }
end

local function yaml_scalar(value)
  if type(value) ~= "string" then return tostring(value) end
  local plain = value:match("^[%a][%w _./()%-+%%;']*$") and not value:match("%s$")
    and not value:match("^[Yy][Ee]?[Ss]?$") and not value:match("^[Nn][Oo]?$") and not value:match("^[Tt]rue$")
    and not value:match("^[Ff]alse$") and not value:match("^[Nn]ull$") and not value:match("^[Oo][NnFf]+$")
  if plain or value:match("^%d%d%d%d%-%d%d%-%d%d[T%d:Z]*$") then return value end
  if value:match("^%d+ [a-z]+$") then return value end
  return json_text(value)
end

local function yaml_list(list)
  local out = {}
  for i, item in ipairs(list) do
    local text = yaml_scalar(item)
    out[i] = text:find("[,%[%]{}]") and text:sub(1, 1) ~= '"' and json_text(item) or text
  end
  return "[" .. table.concat(out, ", ") .. "]"
end

-- ---- files ----

--- Where everything is written; folders are made as files need them.
function tools.open_folder(folder)
  tools.folder = folder
  tools.folders = {}
end

local function open(path)
  local folder = (tools.folder .. "/" .. path):match("^(.*)/")
  if not tools.folders[folder] then
    os.execute("mkdir -p '" .. folder:gsub("'", "'\\''") .. "'")
    tools.folders[folder] = true
  end
  tools.files[#tools.files + 1] = path
  return assert(io.open(tools.folder .. "/" .. path, "wb"))
end

local function count(kind, n)
  if not tools.counts[kind] then tools.kinds[#tools.kinds + 1] = kind end
  tools.counts[kind] = (tools.counts[kind] or 0) + n
end

--- A file of plain text.
function tools.text(path, text)
  local file = open(path)
  file:write(text)
  file:close()
end

local Csv = {}
Csv.__index = Csv

--- A CSV file: columns in order, `separator` other than a comma where wanted.
function tools.csv(path, kind, columns, separator)
  local self = setmetatable({ file = open(path), kind = kind, n = #columns, separator = separator or "," }, Csv)
  self:line(table.unpack(columns, 1, #columns))
  return self
end

function Csv:line(...)
  local out = {}
  for i = 1, self.n do
    local value = select(i, ...)
    if value == nil then value = "" end
    if type(value) == "table" then value = table.concat(value, ";") end
    value = tostring(value)
    if value:find('[",\n]') or value:find(self.separator, 1, true) then value = '"' .. value:gsub('"', '""') .. '"' end
    out[i] = value
  end
  self.file:write(table.concat(out, self.separator), "\n")
end

--- One record, its values in the order of the columns.
function Csv:row(...)
  count(self.kind, 1)
  self:line(...)
end

function Csv:close() self.file:close() end

local Lines = {}
Lines.__index = Lines

--- A file of one JSON object a line.
function tools.ndjson(path, kind)
  return setmetatable({ file = open(path), kind = kind }, Lines)
end

--- One record: names and values in turn; what is nil is left out.
function Lines:row(...)
  count(self.kind, 1)
  local given, n = {}, 0
  for i = 1, select("#", ...), 2 do
    local name, value = select(i, ...)
    if value ~= nil then
      given[n + 1], given[n + 2] = name, value
      n = n + 2
    end
  end
  self.file:write(tools.object(table.unpack(given, 1, n)).raw, "\n")
end

function Lines:close() self.file:close() end

local List = {}
List.__index = List

--- A JSON document that holds a list: `head` before its items, `tail` after them.
function tools.json_list(path, kind, head, tail)
  local self = setmetatable({ file = open(path), kind = kind, tail = tail, first = true }, List)
  self.file:write(head)
  return self
end

--- One item that tools.object made; `records` where it holds other than one.
function List:item(object, records)
  count(self.kind, records or 1)
  self.file:write(self.first and "\n" or ",\n", object.raw)
  self.first = false
end

function List:close()
  self.file:write("\n", self.tail, "\n")
  self.file:close()
end

--- A YAML register: a comment, then the records with their fields in the order of `fields`.
function tools.yaml(path, kind, comment, fields, records)
  local file = open(path)
  for line in comment:gmatch("[^\n]+") do file:write("# ", line, "\n") end
  for _, record in ipairs(records) do
    local lead = "- "
    local seen = 0
    for _, field in ipairs(fields) do
      local value = record[field]
      if value ~= nil then
        seen = seen + 1
        file:write(lead, field, ": ", type(value) == "table" and yaml_list(value) or yaml_scalar(value), "\n")
        lead = "  "
      end
    end
    local given = 0
    for _ in pairs(record) do given = given + 1 end
    assert(seen == given, path .. ": a record has a field that is not listed")
  end
  if #records == 0 then file:write("[]\n") end
  file:close()
  count(kind, #records)
end

--- Records whose values stand in the order of `fields`; false stands for no value (write "false" fields by name).
function tools.rows(fields, rows)
  local out = {}
  for i, row in ipairs(rows) do
    local record = {}
    for k, field in ipairs(fields) do
      if row[k] ~= false then record[field] = row[k] end
    end
    out[i] = record
  end
  return out
end

return tools
