-- Finds the parts of a rule file in its text: where a check stands, what is written behind each of its keys, the items of a list.
-- For explaining, where the loaded table holds functions only. Understands no more Lua than brackets, blocks and commas.

local rule_source = require "rule_source"

local parts = {}

---@class part
---@field from integer    position of its first character in the file
---@field to integer      position of its last
---@field line integer
---@field last integer    line in which it ends
---@field text string     as it is written

local OPENING = { ["{"] = true, ["("] = true, ["["] = true }
local CLOSING = { ["}"] = true, [")"] = true, ["]"] = true }
local BEGINS = { ["function"] = true, ["if"] = true, ["do"] = true, ["repeat"] = true }
local ENDS = { ["end"] = true, ["until"] = true }

--- Goes over the code from a position on: calls visit(position, character or word, depth) for what stands outside of inner brackets
--- and blocks, until it returns true or the enclosing bracket closes. Gives the position of that bracket, or nil.
local function walk(code, from, to, visit)
  local depth, at = 0, from
  while at <= to do
    local start, stop, token = code:find("([%a_][%w_]*)", at)
    local other = code:find("[%[%](){},;=]", at)
    if other ~= nil and other <= to and (start == nil or other < start) then
      token = code:sub(other, other)
      if CLOSING[token] then
        if depth == 0 then return other end
        depth = depth - 1
      end
      if depth == 0 and visit(other, token) then return nil end
      if OPENING[token] then depth = depth + 1 end
      at = other + 1
    elseif start ~= nil and start <= to then
      if ENDS[token] then depth = depth - 1 end
      if depth == 0 and visit(start, token) then return nil end
      if BEGINS[token] then depth = depth + 1 end
      at = stop + 1
    else
      return nil
    end
  end
  return nil
end

--- A part without the blanks around it; nil where nothing is left.
local function part_of(source, from, to)
  local text = source.text:sub(from, to)
  local last = #text:gsub("%s+$", "")
  local first = text:match("^%s*()")
  if first > last then return nil end
  from, to = from + first - 1, from + last - 1
  return { from = from, to = to, line = source:line(from), last = source:line(to), text = source.all:sub(from, to) }
end

--- The entries of the table whose opening brace stands at `open`: keyed ones by name, the others in order.
---@param source table
---@param open integer
---@return table<string, part> keyed
---@return part[] items
---@return integer|nil close
function parts.entries(source, open)
  local code, keyed, items = source.code, {}, {}
  local begin, key = open + 1, nil
  local function finish(upto)
    local part = part_of(source, begin, upto)
    if part ~= nil then
      if key ~= nil then keyed[key] = part else items[#items + 1] = part end
    end
    begin, key = upto + 2, nil
  end
  local close = walk(code, open + 1, #code, function(at, token)
    if token == "," or token == ";" then
      finish(at - 1)
    elseif token == "=" and key == nil and code:sub(at + 1, at + 1) ~= "=" and not code:sub(at - 1, at - 1):find("[=~<>]") then
      local name = code:sub(begin, at - 1):match("^%s*([%a_][%w_]*)%s*$") or source.text:sub(begin, at - 1):match("^%s*%[%s*[\"'](.-)[\"']%s*%]%s*$")
      if name ~= nil then key, begin = name, at + 1 end
    end
    return false
  end)
  if close ~= nil then finish(close - 1) end
  return keyed, items, close
end

--- The position of the brace that follows a word and its name: `check "name" {`.
local function brace_behind(source, at)
  return at ~= nil and source.code:find("{", at, true) or nil
end

--- A check of a file: its keys, with the text behind each.
---@param source table
---@param name string
---@return table|nil {at, to = positions, line, last, keys = name → part}
function parts.check(source, name)
  local at = source:call("check", name)
  local open = brace_behind(source, at)
  if open == nil then return nil end
  local keyed, _, close = parts.entries(source, open)
  return { at = at, to = close or open, line = source:line(at), last = source:line(close or open), keys = keyed }
end

--- What stands in the table of a rule or an extension, but for its checks.
---@param source table
---@param id string
---@return table<string, part>
function parts.rule(source, id)
  local open = brace_behind(source, source:call("rule", id) or source:call("extend", id))
  if open == nil then return {} end
  return (parts.entries(source, open))
end

--- Items of a part: those of the list that it is, or itself.
---@param source table
---@param part part
---@return part[]
function parts.items(source, part)
  if part.text:sub(1, 1) ~= "{" then return { part } end
  local _, items, close = parts.entries(source, part.from)
  if close ~= part.to then return { part } end
  return items
end

--- What a part calls, where it is the call of a name: `within("a", "b")`, `filled "a"`, `one_of{ … }`.
---@param source table
---@param part part
---@return string|nil name
---@return part[]|nil arguments
function parts.call(source, part)
  local name, at = part.text:match("^([%a_][%w_.:]*)%s*()")
  if name == nil or BEGINS[name] then return nil end
  local open = part.from + at - 1
  local mark = source.code:sub(open, open)
  if mark == "(" then
    local _, items, close = parts.entries(source, open)
    if close ~= part.to then return nil end
    return name, items
  elseif mark == '"' or mark == "'" or mark == "{" then
    local argument = part_of(source, open, part.to)
    if mark == "{" then
      local _, _, close = parts.entries(source, open)
      if close ~= part.to then return nil end
    elseif source.code:find(mark, open + 1, true) ~= part.to then
      return nil
    end
    return name, { argument }
  end
  return nil
end

--- The text that a part is, where it is one and nothing else; escapes are left as they are written.
---@param source table
---@param part part
---@return string|nil
function parts.text(source, part)
  local mark = part.text:sub(1, 1)
  if mark ~= '"' and mark ~= "'" then return nil end
  if source.code:find(mark, part.from + 1, true) ~= part.to then return nil end
  return (part.text:sub(2, -2):gsub("\\(.)", "%1"))
end

--- A text to be asked for its parts.
---@param text string
---@return table
function parts.source(text)
  return rule_source.new(text)
end

return parts
