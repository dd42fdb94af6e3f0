-- Which columns a table of records or of plain tables has, and what stands in them. For people as many as fit the window, what
-- identifies a record first; for programs all of them.

local plain = require "plain"
local pretty = require "repl.pretty"
local show = require "show"

local columns = {}

local SAMPLE = 200   -- rows that are looked at for widths and names
local WIDEST = 32    -- a column counts as no wider when it is decided which of them fit
local CELL = 4096    -- bytes of a cell for people
local LABELS = { name = 1, title = 2, hostname = 3, username = 4, system = 5, status = 6, severity = 7 }
local FIRST = { "id", "key", "control", "name", "kind", "title", "status", "score", "severity" }

-- ---- cells ----

local function keys_of(list)
  local texts = {}
  for i = 1, #list do
    local item = list[i]
    local key = engine.is(item) == "record" and engine.origin(item, "key") or nil
    texts[i] = key ~= nil and engine.to_text(key) or pretty.scalar(item)
  end
  return texts
end

--- A value as a program takes it: booleans, numbers, texts, lists of them; records by their keys.
---@param value any
---@param nested boolean whether lists and tables may stay what they are
---@return any
function columns.data(value, nested)
  if value == nil or value == engine.null then return engine.null end
  local kind, is = type(value), engine.is(value)
  if kind == "boolean" or kind == "string" then return value end
  if kind == "number" then
    if value ~= value or value == math.huge or value == -math.huge then return engine.to_text(value) end
    return math.abs(value) < 1e15 and math.tointeger(value) or value
  end
  if is == "record" then
    local key = engine.origin(value, "key")
    return key ~= nil and engine.to_text(key) or tostring(value)
  end
  if is == "list" then
    local texts = keys_of(value)
    return nested and engine.list(texts) or table.concat(texts, ", ")
  end
  if kind == "table" then return nested and columns.plain(value) or pretty.cell(value, 60) end
  return pretty.scalar(value)
end

--- Any value as plain data for JSON. What refers to itself or lies too deeply becomes a text.
---@param value any
---@param above table|nil
---@param depth integer|nil
---@return any
function columns.plain(value, above, depth)
  above, depth = above or {}, depth or 0
  if engine.is(value) == "collection" then
    local made = engine.list {}
    for i = 1, #value do made[i] = columns.record(value[i]) end
    return made
  end
  if not pretty.is_nested(value) then return columns.data(value, true) end
  if above[value] then return "{…} -- itself" end
  if depth >= 40 then return "{…}" end
  local keys, values, is_list = pretty.members(value)
  if keys == nil then return "{…} -- its keys have no order" end
  above[value] = true
  local made = is_list and engine.list {} or {}
  for i = 1, #keys do
    local key = is_list and i or pretty.scalar(keys[i])
    if made[key] == nil then made[key] = columns.plain(values[i], above, depth + 1) end
  end
  above[value] = nil
  return made
end

local function field_name(field)
  return field.key_name ~= nil and (field.type == "ref" or field.item == "ref") and field.key_name or field.name
end

--- A record as a table of plain data, with its place.
---@param record userdata
---@return table
function columns.record(record)
  local origin, made = engine.origin(record), {}
  for _, field in ipairs(engine.kind(origin.kind).fields) do
    local value = engine.peek(record, field_name(field))
    if value ~= nil then made[field.name] = columns.data(value, true) end
  end
  made._document, made._line = origin.document, origin.line
  return made
end

-- ---- which ----

--- A column: {name, get(row) → value}.
local function of_field(field)
  local name = field_name(field)
  return { name = field.name, get = function(record) return engine.peek(record, name) end }
end

local place = {
  { name = "_document", get = function(record) return engine.origin(record).document end },
  { name = "_line", get = function(record) return engine.origin(record).line end },
}

local function rank_of(kind, field, i)
  if field.name == kind.key then return 0 end
  if LABELS[field.name] then return LABELS[field.name] end
  if field.required then return 100 + i end
  if field.type == "text" then return 400 + i end
  return (field.type == "list" and 300 or 200) + i
end

--- All columns of a kind in its own order, and the order of their importance.
local function of_kind(name)
  local kind, all = engine.kind(name), {}
  for i, field in ipairs(kind.fields) do
    all[i] = of_field(field)
    all[i].rank = rank_of(kind, field, i)
  end
  return all
end

local function sorted_by(list, name)
  local made = {}
  for i, item in ipairs(list) do made[i] = item end
  table.sort(made, function(a, b) return a[name] < b[name] end)
  return made
end

local function cell(column, row)
  return pretty.cell(column.get(row), 60)
end

local function natural(column, get, n)
  local width, filled = plain.width(column.name), false
  for i = 1, math.min(n, SAMPLE) do
    local value = column.get(get(i))
    if value ~= nil and value ~= engine.null then
      filled = true
      width = math.max(width, math.min(WIDEST, plain.width(plain.safe(show.cut(pretty.cell(value, 60), 200)))))
      if width >= WIDEST then break end
    end
  end
  return width, filled
end

--- Those that fit, the most important first to be chosen, in their own order.
local function fitting(all, get, n, width)
  if width == nil or width == 0 then return all, 0 end
  local used, chosen, n_chosen, left = -2, {}, 0, 0
  for _, column in ipairs(sorted_by(all, "rank")) do
    local needed, filled = natural(column, get, n)
    if filled and (used + 2 + needed <= width or n_chosen == 0) then
      used, n_chosen = used + 2 + needed, n_chosen + 1
      chosen[column] = true
    elseif filled then
      left = left + 1
    end
  end
  local kept = {}
  for _, column in ipairs(all) do
    if chosen[column] then kept[#kept + 1] = column end
  end
  if #kept == 0 then return { all[1] }, left end
  return kept, left
end

--- The columns of records of one kind.
---@param name string the kind
---@param get function number → record
---@param n integer how many records
---@param paper table {format, width}
---@return table list of columns
---@return integer how many that hold something are not among them
function columns.of_records(name, get, n, paper)
  local all = of_kind(name)
  if paper.format == "table" then return fitting(all, get, n, paper.width) end
  all[#all + 1], all[#all + 2] = place[1], place[2]
  return all, 0
end

local rank_first = {}
for i, name in ipairs(FIRST) do rank_first[name] = i end

--- The columns of plain tables: all names that occur, those that identify first.
---@param get function number → table
---@param n integer
---@param paper table
---@return table|nil list of columns; nil where the tables are not of that kind
---@return integer|nil
function columns.of_tables(get, n, paper)
  local seen, names = {}, {}
  for i = 1, n do
    local keys = pretty.members(get(i))
    if keys == nil then return nil end
    for _, key in ipairs(keys) do
      if type(key) ~= "string" then return nil end
      if not seen[key] then
        seen[key] = true
        names[#names + 1] = key
      end
    end
    if #names > 200 then return nil end
  end
  if #names == 0 then return nil end
  table.sort(names, function(a, b)
    local x, y = rank_first[a] or 99, rank_first[b] or 99
    if x ~= y then return x < y end
    return a < b
  end)
  local all = {}
  for i, key in ipairs(names) do all[i] = { name = key, rank = i, get = function(row) return row[key] end } end
  if paper.format == "table" then
    for i, column in ipairs(all) do
      for k = 1, math.min(n, 20) do
        if pretty.is_nested(get(k)[column.name]) then column.rank = 500 + i end
      end
    end
    return fitting(sorted_by(all, "rank"), get, n, paper.width)
  end
  return all, 0
end

--- Names and rows of a table.
---@param chosen table list of columns
---@param get function number → row
---@param n integer rows
---@param paper table {format}
---@return table {columns, rows}
function columns.fill(chosen, get, n, paper)
  local names, rows = {}, engine.list {}
  for i, column in ipairs(chosen) do names[i] = column.name end
  for i = 1, n do
    local row, item = engine.list {}, get(i)
    for k, column in ipairs(chosen) do
      local value = column.get(item)
      if paper.format ~= "table" then
        row[k] = columns.data(value, paper.format == "json")
      elseif value == nil or value == engine.null then
        row[k] = engine.null
      elseif type(value) == "number" then
        row[k] = columns.data(value, false)
      else
        row[k] = show.cut(engine.is(value) == "list" and table.concat(keys_of(value), ", ") or cell(column, item), CELL)
      end
    end
    rows[i] = row
  end
  return { columns = engine.list(names), rows = rows }
end

return columns
