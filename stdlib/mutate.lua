-- Mutants of a rule file: its text with one thing changed each, as somebody might get it wrong. Only what judges is changed (params,
-- conditions, populations, functions), never texts for people. Knows nothing of tests.

local fields_of = require "mutate_fields"
local reach = require "mutate_reach"
local tree = require "lua_tree"

local mutate = {}

local COMPARISONS = {
  ["<"] = { "<=", ">=" }, ["<="] = { "<", ">" }, [">"] = { ">=", "<=" }, [">="] = { ">", "<" }, ["=="] = { "~=" }, ["~="] = { "==" },
}
local EMPTY = { not_applicable = "lacks_evidence", lacks_evidence = "not_applicable", fails = "not_applicable" }
local UNITS = { "d", "h", "min", "s" }
-- Calls whose alternatives or conditions can each be left out; the number is that of the first such argument.
local PARTS = { any_of = 1, all_of = 1, given = 2, one_of = 2, none_of = 2, holds_one = 2 }
local FILTERS = { where = true, any = true, all = true, first = true, count = true }
local TRUE = "function() return true end"

local Maker = {}
Maker.__index = Maker

function Maker:text_of(node)
  return self.text:sub(self.list[node.first].at, self.list[node.last].to)
end

--- The words of the smallest statement or table entry around a node: what an id is made of, so that it stays when lines move.
function Maker:context(node)
  while node.up ~= nil and node.type ~= "statement" and node.type ~= "entry" do node = node.up end
  local words = {}
  for i = node.first, node.last do words[#words + 1] = self.list[i].text end
  return table.concat(words, " ")
end

--- Adds the mutant in which the text from `at` to `to` is `now`.
function Maker:add(kind, node, at, to, now)
  local was = self.text:sub(at, to)
  if was == now then return end
  local change = ("%d %d %s"):format(at, to, now)
  if self.seen[change] then return end
  self.seen[change] = true
  local token = self.list[node.first]
  for i = node.first, node.last do
    if self.list[i].at <= at then token = self.list[i] end
  end
  local mark = table.concat({ kind, was, now, self:context(node) }, "\0")
  local place = self.where .. "\0" .. mark
  self.times[place] = (self.times[place] or 0) + 1
  local id = ("%s/%s/%s"):format(self.id, self.where, engine.sha256(mark .. "\0" .. self.times[place]):sub(1, 6))
  while self.ids[id] do id = id .. "x" end
  self.ids[id] = true
  self.mutants[#self.mutants + 1] = {
    id = id, kind = kind, checks = self.checks, line = token.line, column = at - token.at + token.column, was = was, now = now, at = at, to = to,
  }
end

function Maker:replace(kind, node, now)
  self:add(kind, node, self.list[node.first].at, self.list[node.last].to, now)
end

--- Leaves out one of several parts between commas.
function Maker:leave_out(kind, parts, i)
  local at, to = self.list[parts[i].first].at, self.list[parts[i].last].to
  if parts[i + 1] ~= nil then
    to = self.list[parts[i + 1].first].at - 1
  elseif parts[i - 1] ~= nil then
    at = self.list[parts[i - 1].last].to + 1
  end
  self:add(kind, parts[i], at, to, "")
end

--- A duration in words, one unit longer: "4 h" → "5 h".
local function longer(value)
  local span = engine.duration(value)
  if span == nil then return nil end
  local unit = value:match "(%a+)%s*$" or ""
  for _, name in ipairs(UNITS) do
    local one = engine.duration("1 " .. name)
    if unit:sub(1, #name) == name then return ("%g %s"):format((span + one) / one, name) end
  end
  return ("%g d"):format((span + engine.duration "1 d") / engine.duration "1 d")
end

local function quoted(value)
  return '"' .. value .. '"'
end

local visit = {}

function Maker:walk(node)
  local special = visit[node.type]
  if special ~= nil then special(self, node) end
  for _, part in ipairs(node) do self:walk(part) end
end

function visit.binary(self, node)
  local sign = self.list[node.at]
  for _, now in ipairs(COMPARISONS[node.sign] or {}) do self:add("comparison", node, sign.at, sign.to, now) end
  if node.sign ~= "and" and node.sign ~= "or" then return end
  self:add("logic", node, sign.at, sign.to, node.sign == "and" and "or" or "and")
  self:replace("condition", node, self:text_of(node[1]))
  local chain = node[1].type == "binary" and node[1].sign == node.sign
  if not chain then self:replace("condition", node, self:text_of(node[2])) end
end

function visit.unary(self, node)
  if node.sign == "not" then self:replace("logic", node, self:text_of(node[1])) end
end

visit["true"] = function(self, node) self:replace("logic", node, "false") end
visit["false"] = function(self, node) self:replace("logic", node, "true") end

function visit.number(self, node)
  local value = tonumber(self:text_of(node))
  self:replace("boundary", node, tostring(value + 1))
  self:replace("boundary", node, value >= 1 and tostring(value - 1) or ("(%s)"):format(value - 1))
end

function visit.text(self, node)
  local more = longer(node.value)
  if more ~= nil then self:replace("boundary", node, quoted(more)) end
end

function visit.index(self, node)
  if node.name == nil or (node[1].type == "name" and self.libraries[node[1].name]) then return end
  local token = self.list[node.last]
  for _, other in ipairs(self.fields:others(node.name)) do self:add("field", node, token.at, token.to, other) end
end

--- A text that names a field, as an argument of a call.
function Maker:field_argument(node)
  local path, last = node.value:match "^(.-)([%w_]+)$"
  if last == nil then return end
  for _, other in ipairs(self.fields:others(last)) do self:replace("field", node, quoted(path .. other)) end
end

function Maker:filter(node)
  local filter = node[2]
  local many = #filter > 1
  for i, entry in ipairs(filter) do
    if many then self:leave_out("condition", filter, i) end
    if entry.name ~= nil then
      local token = self.list[entry.first]
      for _, other in ipairs(self.fields:others(entry.name)) do self:add("field", entry, token.at, token.to, other) end
    end
    local list = entry[#entry]
    if list.type == "table" and #list > 1 then
      for k = 1, #list do self:leave_out("condition", list, k) end
    end
  end
end

function visit.call(self, node)
  local called = node[1]
  local name = node.method or called.name
  if node.method ~= nil and FILTERS[name] and node[2] ~= nil then
    if node[2].type == "table" then self:filter(node) end
    local from = self.list[called.last].to + 1
    local to = self.list[node.last].to
    if name == "where" then
      self:add("condition", node, from, to, "")
    elseif node[2].type == "table" and #node[2] == 1 and name ~= "all" then
      self:add("condition", node, from, to, (":%s()"):format(name))
    end
  end
  local parts = node.method == nil and called.type == "name" and PARTS[name] or nil
  if parts ~= nil then
    local given = { table.unpack(node, parts + 1) }
    for i = 1, #given do
      if #given > 1 then self:leave_out("condition", given, i) end
    end
    if name == "given" then self:replace("condition", node[2], TRUE) end
  end
  for i = 2, #node do
    local words_only = parts ~= nil and i > 2 or called.type == "call" or name == "says" or name == "require" or name == "policy_in_force"
    if node[i].type == "text" and not words_only then self:field_argument(node[i]) end
  end
end

function visit.statement(self, node)
  if node.word ~= "if" and node.word ~= "while" then return end
  for _, part in ipairs(node) do
    if part.type ~= "block" then
      self:replace("condition", part, "false")
      if node.word == "if" then self:replace("condition", part, "true") end
    end
  end
end

--- The conditions of a check: each is left out.
function Maker:conditions(value)
  local list = value.type == "table" and value or { value }
  for i, part in ipairs(list) do
    if #list > 1 then self:leave_out("condition", list, i) else self:replace("condition", part, TRUE) end
  end
  self:walk(value)
end

function Maker:defaults(params)
  for _, param in ipairs(params.type == "table" and params or {}) do
    local spec = param[#param]
    self.where, self.checks = "params." .. tostring(param.name), self.reach:of { param.name }
    for _, entry in ipairs(spec.type == "table" and spec or {}) do
      local value = entry[#entry]
      if entry.name == "default" then
        self:walk(value)
        if value.type == "table" then
          for i = 1, #value do self:leave_out("default", value, i) end
        end
      end
    end
  end
  self.checks = nil
end

local check_keys = {}

function check_keys.expect(self, value) self:conditions(value) end
check_keys.holds = check_keys.expect

function check_keys.over(self, value)
  if value.type == "table" and #value > 1 then
    for i = 1, #value do self:leave_out("condition", value, i) end
  end
  self:walk(value)
end

function check_keys.values(self, value) self:walk(value) end

function check_keys.applies_when(self, value)
  self:replace("condition", value, TRUE)
  self:walk(value)
end

function check_keys.empty(self, value)
  local other = value.type == "text" and EMPTY[value.value] or nil
  if other ~= nil then self:replace("empty", value, quoted(other)) else self:walk(value) end
end

function check_keys.fresh(self, value)
  if value.type ~= "table" then return end
  for i = 1, #value do self:leave_out("condition", value, i) end
  self:walk(value)
end

function check_keys.at_least(self, value)
  self:replace("condition", value, "nil")
  self:walk(value)
end

--- A call such as check "name" { … }: the word, the name, the table.
local function worded(node)
  local inner = node.type == "call" and node[1] or nil
  if inner == nil or inner.type ~= "call" or inner[1].type ~= "name" or inner[2] == nil or inner[2].type ~= "text" then return nil end
  if node[2] == nil or node[2].type ~= "table" then return nil end
  return inner[1].name, inner[2].value, node[2]
end

function Maker:rule(spec)
  for _, entry in ipairs(spec) do
    local value = entry[#entry]
    local word, name, parts = worded(value)
    if entry.name == "params" then
      self:defaults(value)
    elseif entry.name == "applies_when" then
      self.where = "applies_when"
      check_keys.applies_when(self, value)
    elseif word == "check" then
      self.where, self.checks = name, { [name] = true }
      for _, part in ipairs(parts) do
        local known = part.name ~= nil and check_keys[part.name] or nil
        if known ~= nil then known(self, part[#part]) end
      end
      self.checks = nil
    end
  end
end

--- What the checks of a file name, so that it is known which of them a helper or param concerns.
local function reach_of(block, spec)
  local known = reach.new()
  for i = 1, #block - 1 do known:helper(block[i]) end
  for _, entry in ipairs(spec) do
    local word, name, parts = worded(entry[#entry])
    if word == "check" then known:check(name, parts) elseif entry.name == "applies_when" then known:check(nil, entry) end
  end
  return known
end

--- All mutants of a rule file, in the order of its text.
---@param text string
---@param needs string[] kinds of the rule, for the fields that can stand for each other
---@return table[] list of {id, kind, checks = names of those that it can concern, nil where it may be any, line, column, was, now, at, to}
function mutate.list(text, needs)
  local block, list = tree.parse(text)
  local maker = setmetatable({
    text = text, list = list, mutants = {}, seen = {}, times = {}, ids = {}, id = "?", where = "file", fields = fields_of.new(needs),
    libraries = { checks = true, params = true, isms = true, string = true, table = true, math = true, utf8 = true, re = true },
  }, Maker)
  local result = block[#block]
  local word, id, spec
  if result ~= nil and result.word == "return" and result[1] ~= nil then word, id, spec = worded(result[1]) end
  if word ~= "rule" and word ~= "extend" then error("the file does not end with `return rule \"…\" { … }`", 0) end
  maker.id, maker.reach = id, reach_of(block, spec)
  for i = 1, #block - 1 do
    local names = block[i].names or {}
    maker.where, maker.checks = names[1] or "file", maker.reach:of(names)
    maker:walk(block[i])
  end
  maker.checks = nil
  maker:rule(spec)
  table.sort(maker.mutants, function(a, b)
    if a.line ~= b.line then return a.line < b.line end
    return a.column < b.column
  end)
  return maker.mutants
end

--- The text of the file with the change of a mutant.
---@param text string
---@param mutant table
---@return string
function mutate.apply(text, mutant)
  return text:sub(1, mutant.at - 1) .. mutant.now .. text:sub(mutant.to + 1)
end

return mutate
