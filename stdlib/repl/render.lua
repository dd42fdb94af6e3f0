-- The value of an expression as it leaves: rows where it is a table by nature, else text; for programs as JSON or CSV.

local columns = require "repl.columns"
local json = require "json"
local lua_text = require "repl.lua_text"
local plain = require "plain"
local pretty = require "repl.pretty"
local state = require "repl.state"

local render = {}

local LONG = 1048576 -- bytes of a text

local function limited(n, paper)
  if paper.format == "table" and paper.most ~= nil and n > paper.most then
    return paper.most, ("… %d more rows (:all shows them)"):format(n - paper.most)
  end
  return n, nil
end

local function noted(made, note, left)
  if left > 0 and note == nil then
    note = ("… %s that did not fit (_[1] shows one of them whole)"):format(plain.count(left, "more column", "more columns"))
  end
  made.note = note
  return made
end

local function is_paper_wide(paper)
  return paper.format == "table" and (paper.width or 0) > 0
end

--- Records of one kind.
local function records(kind, get, n, paper)
  if n == 0 and paper.format == "table" then
    local isms = engine.isms()
    local there = kind == "organization" or isms[kind].supplied
    return { text = ("no %s%s\n"):format(kind, there and "" or state.stored and " (the evidence of a stored run is not there)" or " (not supplied)") }
  end
  local shown, note = limited(n, paper)
  local chosen, left = columns.of_records(kind, get, shown, paper)
  return noted(columns.fill(chosen, get, shown, paper), note, is_paper_wide(paper) and left or 0)
end

--- The kind that all of them have, or nil.
local function kind_of_all(list, n)
  local kind
  for i = 1, n do
    if engine.is(list[i]) ~= "record" then return nil end
    local mine = engine.origin(list[i], "kind")
    if kind ~= nil and kind ~= mine then return nil end
    kind = mine
  end
  return kind
end

local MIXED = {
  { name = "record", get = function(row) return engine.is(row) == "record" and tostring(row) or row end },
  { name = "_document", get = function(row) return engine.is(row) == "record" and engine.origin(row).document or nil end },
  { name = "_line", get = function(row) return engine.is(row) == "record" and engine.origin(row).line or nil end },
}

local function any_record(list, n)
  for i = 1, n do
    if engine.is(list[i]) == "record" then return true end
  end
  return false
end

local function all_tables(list, n)
  for i = 1, n do
    if type(list[i]) ~= "table" or list[i] == engine.null then return false end
  end
  return n > 0
end

local function column(name, key)
  return { name = name, get = function(row) return row[key] end }
end

local function list_of(values, n, paper)
  local function get(i) return values[i] end
  local kind = kind_of_all(values, n)
  if kind ~= nil then return records(kind, get, n, paper) end
  local shown, note = limited(n, paper)
  if all_tables(values, shown) then
    local chosen, left = columns.of_tables(get, shown, paper)
    if chosen ~= nil then return noted(columns.fill(chosen, get, shown, paper), note, is_paper_wide(paper) and left or 0) end
  end
  if any_record(values, shown) then return noted(columns.fill(MIXED, get, shown, paper), note, 0) end
  if paper.format == "csv" then return columns.fill({ { name = "value", get = function(row) return row end } }, get, n, paper) end
  return nil
end

--- Names and plain values: two columns.
local function map_of(keys, values, n, paper)
  for i = 1, #keys do
    if paper.format == "table" and pretty.is_nested(values[i]) then return nil end
  end
  local shown, note = limited(n, paper)
  return noted(columns.fill({ column("key", 1), column("value", 2) }, function(i) return { keys[i], values[i] } end, shown, paper), note, 0)
end

local function record_text(record, paper)
  local origin = engine.origin(record)
  local made, empty, longest = {}, {}, 0
  local fields = engine.kind(origin.kind).fields
  for _, field in ipairs(fields) do longest = math.max(longest, plain.width(field.name)) end
  local width = is_paper_wide(paper) and paper.width or 100
  made[1] = ("%s [%s]"):format(plain.safe(tostring(record)), plain.safe(origin.line ~= nil and ("%s:%d"):format(origin.document, origin.line)
    or tostring(origin.document)))
  for _, field in ipairs(fields) do
    local value = engine.peek(record, field.key_name or field.name)
    if value == nil then
      empty[#empty + 1] = field.name
    else
      local text = plain.safe(columns.data(value, false))
      if field.target ~= nil and field.type == "ref" then
        text = text .. (engine.peek(record, field.record_name) ~= nil and (" (%s)"):format(field.target) or (" (%s; leads nowhere)"):format(field.target))
      end
      for _, line in ipairs(plain.hang(("  %s  "):format(plain.pad(field.name, longest)), text, width)) do made[#made + 1] = line end
    end
  end
  if #empty > 0 then
    for _, line in ipairs(plain.hang(("  %s  "):format(plain.pad("(empty)", longest)), table.concat(empty, ", "), width)) do made[#made + 1] = line end
  end
  return { text = table.concat(made, "\n") .. "\n" }
end

--- How many records of each kind there are.
---@param paper table
---@return table
function render.kinds(paper)
  local isms, rows = engine.isms(), engine.list {}
  for _, name in ipairs(isms ~= nil and engine.kinds() or {}) do
    local kind = engine.kind(name)
    if name == "organization" then
      rows[#rows + 1] = { name, isms.organization ~= nil and 1 or engine.null, kind.title or engine.null }
    else
      rows[#rows + 1] = { name, isms[name].supplied and #isms[name] or engine.null, kind.title or engine.null }
    end
  end
  local note = paper.format == "table" and (state.stored and "the evidence of a stored run is not there" or "kinds without a number are not supplied") or nil
  return { columns = engine.list { "kind", "records", "title" }, rows = rows, note = note }
end

local function as_json(value)
  return { text = json.encode(columns.plain(value)) }
end

local function whole(value)
  if engine.is(value) == "record" then return columns.record(value) end
  if pretty.is_nested(value) then
    local keys, values, is_list, n = pretty.members(value)
    if is_list and kind_of_all(values, n) ~= nil then return columns.plain(engine.collection(kind_of_all(values, n), values)) end
    if keys == nil then return {} end
  end
  return columns.plain(value)
end

local function single(value, paper)
  if paper.format == "json" then return as_json(value) end
  return columns.fill({ { name = "value", get = function(row) return row[1] end } }, function() return { value } end, 1, paper)
end

local function is_isms(value)
  return type(value) == "userdata" and value == engine.isms()
end

--- One value.
---@param value any
---@param paper table {format, width, most}
---@return table {columns, rows, note} or {text}
function render.value(value, paper)
  local is = engine.is(value)
  if paper.format == "lua" then return { text = "return " .. lua_text.of(whole(value)) .. "\n" } end
  if is_isms(value) then return render.kinds(paper) end
  if is == "collection" then return records(value.kind, function(i) return value[i] end, #value, paper) end
  if is == "record" then
    if paper.format == "json" then return { text = json.encode(columns.record(value)) } end
    if paper.format == "csv" then return records(engine.origin(value, "kind"), function() return value end, 1, paper) end
    return record_text(value, paper)
  end
  if pretty.is_nested(value) then
    local keys, values, is_list, n = pretty.members(value)
    if keys ~= nil and n > 0 then
      local made
      if is_list then made = list_of(values, n, paper) elseif paper.format ~= "json" then made = map_of(keys, values, n, paper) end
      if made ~= nil then return made end
    end
    if paper.format == "json" then return as_json(value) end
    return { text = pretty.text(value, is_paper_wide(paper) and paper.width or 100, paper.most) }
  end
  if paper.format ~= "table" then return single(value, paper) end
  local text = pretty.scalar(value)
  if #text > LONG then text = text:sub(1, LONG) .. ("… (%d bytes)"):format(#text) end
  return { text = text .. "\n" }
end

--- All values of an expression: more than one only for people, who see one behind the other.
---@param values table
---@param n integer
---@param paper table
---@return table
function render.values(values, n, paper)
  if n == 1 then return render.value(values[1], paper) end
  if paper.format ~= "table" then
    local list = {}
    for i = 1, n do list[i] = values[i] == nil and engine.null or values[i] end
    return render.value(list, paper)
  end
  local parts = {}
  for i = 1, n do parts[i] = pretty.text(values[i], is_paper_wide(paper) and paper.width or 100, paper.most) end
  return { text = table.concat(parts) }
end

return render
