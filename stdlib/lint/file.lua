-- One Lua file as the lint sees it: its tree, what each name stands for, and where everything is. Judges nothing.

local tree = require "lua_tree"

local file = {}

---@class lint.binding
---@field name string
---@field token table        where it is declared
---@field value table|nil    the expression that it is set to, where there is one
---@field item integer|nil   1 for the first name of a `for … in`, 2 for the second …
---@field source table|nil   what that `for` goes over
---@field func table|nil     the function that it is a parameter of, and
---@field index integer|nil  which one
---@field uses table[]       the name nodes that mean it
---@field assigned boolean   whether it is set again

local Walk = {}
Walk.__index = Walk

function Walk:open() self.scope = { up = self.scope, names = {} } end
function Walk:shut() self.scope = self.scope.up end

function Walk:declare(name, token, facts)
  local binding = facts or {}
  binding.name, binding.token, binding.uses, binding.assigned = name, token, {}, false
  self.scope.names[name] = binding
  self.file.bindings[#self.file.bindings + 1] = binding
  return binding
end

function Walk:find(name)
  local scope = self.scope
  while scope ~= nil do
    if scope.names[name] ~= nil then return scope.names[name] end
    scope = scope.up
  end
  return nil
end

--- The tokens of names from a place on, as `a <const>, b` has them.
function Walk:name_tokens(at)
  local found, tokens = {}, self.file.tokens
  while tokens[at] ~= nil and tokens[at].type == "name" do
    found[#found + 1] = tokens[at]
    at = at + 1
    if tokens[at] ~= nil and tokens[at].text == "<" then at = at + 3 end
    if tokens[at] == nil or tokens[at].text ~= "," then break end
    at = at + 1
  end
  return found
end

function Walk:body(node)
  self.file.functions[#self.file.functions + 1] = node
  self:open()
  local at = node.first
  while self.file.tokens[at].text ~= "(" do at = at + 1 end
  for i, name in ipairs(node.params) do
    if name ~= "..." then self:declare(name, self.file.tokens[at + 2 * i - 1], { func = node, index = i }) end
  end
  self:block(node[1])
  self:shut()
end

function Walk:expression(node)
  if node.type == "name" then
    local binding = self:find(node.name)
    node.binding = binding
    if binding ~= nil then binding.uses[#binding.uses + 1] = node else self.file.globals[#self.file.globals + 1] = node end
  elseif node.type == "function" then
    self:body(node)
  else
    if node.type == "call" then self.file.calls[#self.file.calls + 1] = node end
    if node.type == "text" then self.file.texts[#self.file.texts + 1] = node end
    if node.type == "index" then self.file.indexes[#self.file.indexes + 1] = node end
    if node.type == "binary" then self.file.binaries[#self.file.binaries + 1] = node end
    for _, part in ipairs(node) do self:expression(part) end
  end
end

local statements = {}

statements["local"] = function(self, node)
  for _, value in ipairs(node) do self:expression(value) end
  for i, token in ipairs(self:name_tokens(node.first + 1)) do
    local binding = self:declare(token.text, token, { value = node[i] })
    if node[i] ~= nil and node[i].type == "function" then node[i].binding_of = binding end
  end
end

statements["function"] = function(self, node)
  local tokens = self.file.tokens
  if tokens[node.first].text == "local" then
    node[1].binding_of = self:declare(node.names[1], tokens[node.first + 2], { value = node[1] })
  end
  self:body(node[1])
end

statements["for"] = function(self, node)
  local tokens = self:name_tokens(node.first + 1)
  for i = 1, #node - 1 do self:expression(node[i]) end
  self:open()
  local through = self.file.tokens[node.first + 2 * #tokens].text == "in"
  for i, token in ipairs(tokens) do self:declare(token.text, token, through and { item = i, source = node[1] } or {}) end
  self:block(node[#node])
  self:shut()
end

statements["repeat"] = function(self, node)
  self:open()
  for _, inner in ipairs(node[1]) do self:statement(inner) end
  self:expression(node[2])
  self:shut()
end

statements["="] = function(self, node)
  local first_value = #node // 2 + 1
  for i, part in ipairs(node) do
    self:expression(part)
    if i < first_value and part.type == "name" and part.binding ~= nil then part.binding.assigned = true end
  end
end

function Walk:statement(node)
  local special = statements[node.word]
  if special ~= nil then return special(self, node) end
  if node.word == "return" then self.file.returns[#self.file.returns + 1] = node end
  for _, part in ipairs(node) do
    if part.type == "block" then self:block(part) else self:expression(part) end
  end
end

function Walk:block(node)
  self:open()
  for _, statement in ipairs(node) do self:statement(statement) end
  self:shut()
end

local File = {}
File.__index = File

--- Reads a file. Nil where its text does not compile: whoever loads it says so.
---@param path string as the user knows it
---@param text string
---@return table|nil file
function file.new(path, text)
  local ok, block, tokens = engine.try(tree.parse, text)
  if not ok then return nil end
  local self = setmetatable({
    path = path, text = text, block = block, tokens = tokens, bindings = {}, globals = {}, functions = {}, calls = {}, texts = {}, indexes = {},
    binaries = {}, returns = {},
  }, File)
  local walk = setmetatable({ file = self }, Walk)
  walk:block(block)
  return self
end

--- The first token of a node.
---@param node table
---@return table
function File:token(node)
  return self.tokens[node.first]
end

--- The name that an expression is, where it is a global: `check`, `says`.
---@param node table
---@return string|nil
function File.global(_, node)
  return node.type == "name" and node.binding == nil and node.name or nil
end

--- The innermost node of a type that holds this one.
---@param node table
---@param kind string
---@return table|nil
function File.above(_, node, kind)
  local at = node.up
  while at ~= nil and at.type ~= kind do at = at.up end
  return at
end

--- The text of a line.
---@param line integer
---@return string
function File:line(line)
  if self.lines == nil then
    self.lines = {}
    for one in (self.text .. "\n"):gmatch("(.-)\r?\n") do self.lines[#self.lines + 1] = one end
  end
  return self.lines[line] or ""
end

--- The column of a token in characters, from 1.
---@param token table
---@return integer
function File:column(token)
  local before = self:line(token.line):sub(1, token.column - 1)
  return (utf8.len(before) or #before) + 1
end

local SEVERITY = { E = "error", W = "warning", N = "note" }

--- Adds a diagnostic. Where the same stands in the same place already, nothing.
---@param code string its letter gives the severity
---@param at table a node or a token
---@param message string
---@param help string|nil
function File:report(code, at, message, help)
  local token = at.type ~= nil and at.line == nil and self:token(at) or at
  self.told = self.told or {}
  local mark = ("%s:%d:%s"):format(code, token.at or token.line, message)
  if self.told[mark] then return end
  self.told[mark] = true
  engine.diag {
    code = code, severity = SEVERITY[code:sub(1, 1)], document = self.path, line = token.line,
    column = token.character or token.column and self:column(token) or nil,
    message = message, help = help, source = self:line(token.line),
  }
end

--- A rule or an extension of this file: its node, its id and its table; nil where there is none.
---@return table|nil {word, id, call, spec}
function File:rule()
  for _, call in ipairs(self.calls) do
    local inner = call[1]
    local word = inner.type == "call" and self:global(inner[1]) or nil
    if (word == "rule" or word == "extend" or word == "test") and inner[2] ~= nil and inner[2].type == "text" and call[2] ~= nil and call[2].type == "table" then
      return { word = word, id = inner[2].value, call = call, spec = call[2] }
    end
  end
  return nil
end

--- The parts of a table that stand under names: name → entry; and the others, in order.
---@param node table
---@return table<string, table> named
---@return table[] items
function file.entries(node)
  local named, items = {}, {}
  for _, entry in ipairs(node) do
    if entry.name ~= nil then named[entry.name] = named[entry.name] or entry
    elseif entry.item ~= nil then items[#items + 1] = entry[1] end
  end
  return named, items
end

--- The calls `word "name" { … }` among the items of a table: {name, call, spec, entries}, in order.
---@param spec table
---@param word string
---@return table[]
function File:parts(spec, word)
  local found = {}
  local _, items = file.entries(spec)
  for _, item in ipairs(items) do
    local inner = item.type == "call" and item[1] or nil
    if inner ~= nil and inner.type == "call" and self:global(inner[1]) == word and inner[2] ~= nil and inner[2].type == "text"
      and item[2] ~= nil and item[2].type == "table" then
      found[#found + 1] = { name = inner[2].value, call = item, spec = item[2], entries = (file.entries(item[2])) }
    end
  end
  return found
end

--- The value of an entry of a table, whatever stands before it.
---@param entry table|nil
---@return table|nil
function file.value(entry)
  return entry ~= nil and entry[#entry] or nil
end

return file
