-- What expressions of a rule file are, as far as that can be told without running it: records and collections of which kind, params,
-- fields. Nil means that nothing is known; nothing is guessed.

local file_of = require "lint.file"

local types = {}

---@class lint.type
---@field is string      "record", "collection", "list" (of records), "group", "groups", "isms", "params", "checks", "value"
---@field kind string    of records, or of the record whose value it is
---@field field table    of a value: what engine.field says

local Types = {}
Types.__index = Types

local ISMS, PARAMS, CHECKS = { is = "isms" }, { is = "params" }, { is = "checks" }

local function record(kind) return { is = "record", kind = kind } end
local function collection(kind) return { is = "collection", kind = kind } end

local function same(a, b)
  return a ~= nil and b ~= nil and a.is == b.is and a.kind == b.kind
end

-- Methods of collections that give one of the same kind, a record of it, or a list of it.
local SAME = { where = true, sort_by = true }
local ONE = { first = true, newest = true, get = true }
--- Functions over members: every method that takes one calls it with a record.
types.METHODS = { "where", "first", "any", "all", "count", "map", "sum", "min", "max", "newest", "group_by", "index_by", "unique", "sort_by", "each", "get" }
types.FILTERED = { where = true, first = true, any = true, all = true, count = true }
types.NAMED = { sum = true, min = true, max = true, newest = true, group_by = true, index_by = true, unique = true, sort_by = true }
local METHOD = {}
for _, name in ipairs(types.METHODS) do METHOD[name] = true end

-- Conditions that hold other conditions: which of their arguments are conditions on the same member.
local INSIDE = { says = true, any_of = true, all_of = true, given = true }

--- What a field of a record reads as.
local function field_type(kind, name)
  local field = engine.field(kind, name)
  if field == nil then return nil end
  local reference = field.target ~= nil and name == field.record_name
  if not reference then return { is = "value", kind = kind, field = field } end
  if field.type == "list" then return { is = "list", kind = field.target } end
  return record(field.target)
end

function Types:index(node)
  local object = self:of(node[1])
  if object == nil then return nil end
  if node.name == nil then
    if object.is == "collection" or object.is == "list" then return record(object.kind) end
    if object.is == "groups" then return { is = "group", kind = object.kind } end
    return nil
  end
  if object.is == "isms" then
    if node.name == "organization" then return engine.has_kind("organization") and record("organization") or nil end
    return engine.has_kind(node.name) and collection(node.name) or nil
  elseif object.is == "record" then
    return field_type(object.kind, node.name)
  elseif object.is == "group" and node.name == "members" then
    return collection(object.kind)
  end
  return nil
end

function Types:call(node)
  local head = node[1]
  if node.method ~= nil then
    local object = self:of(head)
    if object == nil or object.is ~= "collection" then return nil end
    if SAME[node.method] then return object end
    if ONE[node.method] then return record(object.kind) end
    if node.method == "group_by" then return { is = "groups", kind = object.kind } end
    return nil
  end
  if self.file:global(head) == "require" then return node[2] ~= nil and node[2].value == "checks" and CHECKS or nil end
  if head.type == "index" and (self:of(head[1]) or {}).is == "checks" and head.name == "alike" then return self:of(node[2]) end
  local binding = head.type == "name" and head.binding or nil
  if binding ~= nil and not binding.assigned and binding.value ~= nil and binding.value.type == "function" then return self:result(binding.value) end
  return nil
end

--- What a function gives, where all its returns agree.
function Types:result(func)
  if self.busy[func] then return nil end
  self.busy[func] = true
  local found, known = nil, true
  for _, statement in ipairs(self.file.returns) do
    if self.file:above(statement, "function") == func then
      local one = statement[1] ~= nil and statement[1].type ~= "nil" and self:of(statement[1]) or nil
      if statement[1] ~= nil and statement[1].type ~= "nil" then
        if one == nil or (found ~= nil and not same(found, one)) then known = false end
        found = found or one
      end
    end
  end
  self.busy[func] = nil
  return known and found or nil
end

--- What goes through a `for … in`.
function Types:looped(binding)
  local source = binding.source
  if source == nil or source.type ~= "call" then return nil end
  if source.method == "each" then
    local object = self:of(source[1])
    return object ~= nil and object.is == "collection" and binding.item == 1 and record(object.kind) or nil
  end
  local name = self.file:global(source[1])
  if (name == "ipairs" or name == "pairs") and binding.item == 2 and source[2] ~= nil then
    local object = self:of(source[2])
    if object == nil then return nil end
    if object.is == "collection" or object.is == "list" then return record(object.kind) end
    if object.is == "groups" then return { is = "group", kind = object.kind } end
  end
  return nil
end

--- The check whose table holds a node, and the name under which it stands there.
function Types:check_of(node)
  local at = node
  while at ~= nil do
    local up = at.up
    if up ~= nil and up.type == "entry" and up.name ~= nil and up.up ~= nil and self.specs[up.up] ~= nil then return self.specs[up.up], up.name end
    -- only lists of conditions and the conditions that hold others lie between
    local passed = up ~= nil and (up.type == "entry" or up.type == "table"
      or (up.type == "call" and up.method == nil and INSIDE[self.file:global(up[1]) or ""]))
    if not passed then return nil end
    at = up
  end
  return nil
end

--- What the members of a check are.
function Types:member(check)
  if check.member == nil then
    check.member = false
    local over = file_of.value(check.entries.over)
    local got = over ~= nil and self:population(over) or nil
    if got ~= nil and (got.is == "collection" or got.is == "list") then check.member = record(got.kind) end
    if got ~= nil and got.is == "groups" then check.member = { is = "group", kind = got.kind } end
    check.population = got or false
  end
  return check.member or nil
end

function Types:population(over)
  if over.type == "text" then return engine.has_kind(over.value) and collection(over.value) or nil end
  if over.type == "function" then return self:result(over) end
  local binding = over.type == "name" and over.binding or nil
  return binding ~= nil and binding.value ~= nil and binding.value.type == "function" and not binding.assigned and self:result(binding.value) or nil
end

local BY_KEY = { over = { ISMS, PARAMS }, applies_when = { ISMS, PARAMS }, empty = { ISMS, PARAMS } }

--- What a function that stands at a place is called with: a list of types, or nil where that is not known.
function Types:called_with(node)
  local up = node.up
  if up == nil then return nil end
  if up.type == "call" and up.method ~= nil and METHOD[up.method] and up[1] ~= node then
    local object = self:of(up[1])
    if object ~= nil and object.is == "collection" then return { record(object.kind) } end
    return nil
  end
  if up.type == "entry" and up.name == "applies_when" and self.top ~= nil and up.up == self.top then return { ISMS, PARAMS } end
  local check, key = self:check_of(node)
  if check == nil then return nil end
  if BY_KEY[key] ~= nil then return BY_KEY[key] end
  if key == "expect" or key == "values" or (key == "holds" and check.entries.over == nil) then
    return { key ~= "holds" and self:member(check) or false, ISMS, PARAMS }
  end
  if key == "holds" then
    self:member(check)
    return { check.population or false, ISMS, PARAMS }
  end
  return nil
end

--- A parameter is what all callers give.
function Types:parameter(binding)
  local func = binding.func
  local direct = self:called_with(func)
  if direct ~= nil then return direct[binding.index] or nil end
  local owner = func.binding_of
  if owner == nil or owner.assigned or #owner.uses == 0 then return nil end
  local found
  for _, use in ipairs(owner.uses) do
    local one
    if use.up.type == "call" and use.up[1] == use and use.up.method == nil then
      local argument = use.up[binding.index + 1]
      one = argument ~= nil and self:of(argument) or nil
    else
      one = (self:called_with(use) or {})[binding.index] or nil
    end
    if one == nil or (found ~= nil and not same(found, one)) then return nil end
    found = one
  end
  return found
end

function Types:binding(binding)
  if binding.type ~= nil then return binding.type or nil end
  if self.busy[binding] then return nil end
  self.busy[binding] = true
  local found
  if binding.assigned then
    found = nil
  elseif binding.func ~= nil then
    found = self:parameter(binding)
  elseif binding.source ~= nil then
    found = self:looped(binding)
  elseif binding.value ~= nil and binding.value.type ~= "function" then
    found = self:of(binding.value)
  end
  self.busy[binding] = nil
  binding.type = found or false
  return found
end

local readers = {}
function readers.paren(self, node) return self:of(node[1]) end
function readers.name(self, node) return node.binding ~= nil and self:binding(node.binding) or nil end
function readers.index(self, node) return self:index(node) end
function readers.call(self, node) return self:call(node) end
function readers.binary(self, node)
  if node.sign == "or" then
    local left, right = self:of(node[1]), self:of(node[2])
    return same(left, right) and left or nil
  end
  return node.sign == "and" and self:of(node[2]) or nil
end

--- What an expression is; nil where that cannot be told.
---@param node table
---@return lint.type|nil
function Types:of(node)
  local reader = readers[node.type]
  if reader == nil then return nil end
  if node.lint_type == nil then
    if self.busy[node] then return nil end
    self.busy[node] = true
    node.lint_type = reader(self, node) or false
    self.busy[node] = nil
  end
  return node.lint_type or nil
end

--- Looks at the types of a rule file.
---@param file table lint.file
---@param rule table|nil file:rule()
---@return table
function types.new(file, rule)
  local self = setmetatable({ file = file, specs = {}, busy = {}, top = rule and rule.spec, checks = {} }, Types)
  if rule ~= nil then
    self.checks = file:parts(rule.spec, "check")
    for _, check in ipairs(self.checks) do self.specs[check.spec] = check end
  end
  return self
end

types.field_type = field_type

return types
