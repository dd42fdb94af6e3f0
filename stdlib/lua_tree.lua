-- Parses a Lua file into a tree that knows where each part stands. For texts that compile; anything else is an error.
--
-- Every node has `type`, `first` and `last` (numbers of its tokens), its parts in order from [1] on, and `up`. Further members:
--   name      {name}                      number, true, false, nil, vararg
--   text      {value}                     paren     [1] what is in it
--   unary     {sign} [1]                  binary    {sign, at = number of the sign's token} [1] [2]
--   index     {name} or {} [1] object, without a name [2] key
--   call      {method} [1] what is called, [2…] arguments; `form` is "(" or "" for f{…} and f"…"
--   function  {params} [1] block          table     [n] entry
--   entry     {name} [1] value; {item = number} [1] value; {} [1] key [2] value
--   block     [n] statements              statement {word} parts: expressions and blocks; of assignments the targets come first;
--                                         {names} that a local statement or function declares

local tokens = require "lua_tokens"

local tree = {}

local LEFT = {
  ["or"] = 1, ["and"] = 2, ["<"] = 3, [">"] = 3, ["<="] = 3, [">="] = 3, ["~="] = 3, ["=="] = 3, ["|"] = 4, ["~"] = 5, ["&"] = 6,
  ["<<"] = 7, [">>"] = 7, [".."] = 9, ["+"] = 10, ["-"] = 10, ["*"] = 11, ["/"] = 11, ["//"] = 11, ["%"] = 11, ["^"] = 14,
}
local RIGHT = { [".."] = 8, ["^"] = 13 }
local UNARY = { ["not"] = 12, ["-"] = 12, ["#"] = 12, ["~"] = 12 }
local BLOCK_ENDS = { ["end"] = true, ["else"] = true, ["elseif"] = true, ["until"] = true }

local Parser = {}
Parser.__index = Parser

function Parser:text()
  local token = self.list[self.at]
  return token ~= nil and token.type ~= "text" and token.text or nil
end

function Parser:type()
  local token = self.list[self.at]
  return token ~= nil and token.type or nil
end

--- Steps over a token. With a text: only where it is that one, and an error elsewhere.
function Parser:take(text)
  local token = self.list[self.at]
  if token == nil or (text ~= nil and self:text() ~= text) then
    error(("%s expected%s"):format(text or "something", token ~= nil and (" in line %d, not %s"):format(token.line, token.text) or " at the end"), 0)
  end
  self.at = self.at + 1
  return token
end

function Parser:accept(text)
  if self:text() ~= text then return false end
  self.at = self.at + 1
  return true
end

function Parser:open(kind, first)
  return { type = kind, first = first or self.at }
end

function Parser:close(node)
  node.last = self.at - 1
  for _, part in ipairs(node) do part.up = node end
  return node
end

function Parser:name()
  if self:type() ~= "name" then error("a name is expected in line " .. tostring((self.list[self.at] or {}).line), 0) end
  return self:take().text
end

-- ---- expressions ----

function Parser:entry(node)
  local entry = self:open "entry"
  local following = self.list[self.at + 1]
  if self:type() == "name" and following ~= nil and following.type == "sign" and following.text == "=" then
    entry.name = self:name()
    self:take "="
  elseif self:accept "[" then
    entry[1] = self:expression()
    self:take "]"
    self:take "="
    if entry[1].type == "text" then
      entry.name, entry.quoted = entry[1].value, true
      entry[1] = nil
    end
  else
    node.items = (node.items or 0) + 1
    entry.item = node.items
  end
  entry[#entry + 1] = self:expression()
  return self:close(entry)
end

function Parser:table()
  local node = self:open "table"
  self:take "{"
  while self:text() ~= "}" do
    node[#node + 1] = self:entry(node)
    if not (self:accept "," or self:accept ";") then break end
  end
  self:take "}"
  return self:close(node)
end

--- Behind the word `function` and its name.
function Parser:body(first)
  local node = self:open("function", first)
  node.params = {}
  self:take "("
  while self:text() ~= ")" do
    node.params[#node.params + 1] = self:take().text
    if not self:accept "," then break end
  end
  self:take ")"
  node[1] = self:block()
  self:take "end"
  return self:close(node)
end

function Parser:primary()
  local node
  if self:text() == "(" then
    node = self:open "paren"
    self:take "("
    node[1] = self:expression()
    self:take ")"
  else
    node = self:open "name"
    node.name = self:name()
  end
  return self:close(node)
end

function Parser:arguments(node)
  if self:type() == "text" then
    node.form = ""
    node[#node + 1] = self:simple()
  elseif self:text() == "{" then
    node.form = ""
    node[#node + 1] = self:table()
  else
    node.form = "("
    self:take "("
    while self:text() ~= ")" do
      node[#node + 1] = self:expression()
      if not self:accept "," then break end
    end
    self:take ")"
  end
  return node
end

function Parser:suffixed()
  local first = self.at
  local node = self:primary()
  while true do
    local text = self:text()
    local made
    if text == "." then
      made = self:open("index", first)
      self:take "."
      made[1], made.name = node, self:name()
    elseif text == "[" then
      made = self:open("index", first)
      self:take "["
      made[1], made[2] = node, self:expression()
      self:take "]"
    elseif text == ":" then
      made = self:open("call", first)
      self:take ":"
      made[1], made.method = node, self:name()
      self:arguments(made)
    elseif text == "(" or text == "{" or self:type() == "text" then
      made = self:open("call", first)
      made[1] = node
      self:arguments(made)
    else
      return node
    end
    node = self:close(made)
  end
end

function Parser:simple()
  local kind, text = self:type(), self:text()
  if kind == "number" or kind == "text" or text == "nil" or text == "true" or text == "false" or text == "..." then
    local node = self:open(kind == "number" and "number" or kind == "text" and "text" or text == "..." and "vararg" or text)
    node.value = self:take().value
    return self:close(node)
  end
  if text == "{" then return self:table() end
  if text == "function" then
    local first = self.at
    self:take "function"
    return self:body(first)
  end
  return self:suffixed()
end

--- With everything that binds more strongly than `level`.
function Parser:expression(level)
  level = level or 0
  local first = self.at
  local node
  local priority = UNARY[self:text() or ""]
  if priority ~= nil then
    node = self:open "unary"
    node.sign = self:take().text
    node[1] = self:expression(priority)
    self:close(node)
  else
    node = self:simple()
  end
  while true do
    local sign = self:text()
    local left = sign ~= nil and LEFT[sign] or nil
    if left == nil or left <= level then return node end
    local made = self:open("binary", first)
    made.sign, made.at = sign, self.at
    self:take()
    made[1], made[2] = node, self:expression(RIGHT[sign] or left)
    node = self:close(made)
  end
end

function Parser:expressions(node)
  repeat node[#node + 1] = self:expression() until not self:accept ","
end

-- ---- statements ----

local statements = {}

statements["if"] = function(self, node)
  repeat
    self:take()
    node[#node + 1] = self:expression()
    self:take "then"
    node[#node + 1] = self:block()
  until self:text() ~= "elseif"
  if self:accept "else" then node[#node + 1] = self:block() end
  self:take "end"
end

statements["while"] = function(self, node)
  self:take()
  node[1] = self:expression()
  self:take "do"
  node[2] = self:block()
  self:take "end"
end

statements["repeat"] = function(self, node)
  self:take()
  node[1] = self:block()
  self:take "until"
  node[2] = self:expression()
end

statements["do"] = function(self, node)
  self:take()
  node[1] = self:block()
  self:take "end"
end

statements["for"] = function(self, node)
  self:take()
  repeat self:name() until not self:accept ","
  if not self:accept "=" then self:take "in" end
  self:expressions(node)
  self:take "do"
  node[#node + 1] = self:block()
  self:take "end"
end

statements["function"] = function(self, node)
  local first = self.at
  self:take()
  node.names = { self:name() }
  while self:accept "." or self:accept ":" do self:name() end
  node[1] = self:body(first)
end

statements["local"] = function(self, node)
  local first = self.at
  self:take()
  if self:accept "function" then
    node.word, node.names = "function", { self:name() }
    node[1] = self:body(first)
    return
  end
  node.names = {}
  repeat
    node.names[#node.names + 1] = self:name()
    if self:accept "<" then
      self:name()
      self:take ">"
    end
  until not self:accept ","
  if self:accept "=" then self:expressions(node) end
end

statements["return"] = function(self, node)
  self:take()
  if self:text() ~= nil and self:text() ~= ";" and not BLOCK_ENDS[self:text()] or self:type() == "text" then self:expressions(node) end
end

statements["goto"] = function(self)
  self:take()
  self:name()
end

statements["break"] = function(self) self:take() end

statements["::"] = function(self)
  self:take()
  self:name()
  self:take "::"
end

function Parser:statement()
  local node = self:open "statement"
  local special = statements[self:text() or ""]
  if special ~= nil then
    node.word = self:text()
    special(self, node)
  else
    node.word = "call"
    repeat node[#node + 1] = self:suffixed() until not self:accept ","
    if self:accept "=" then
      node.word = "="
      self:expressions(node)
    end
  end
  return self:close(node)
end

function Parser:block()
  local node = self:open "block"
  while self:type() ~= nil and not BLOCK_ENDS[self:text() or ""] do
    if not self:accept ";" then node[#node + 1] = self:statement() end
  end
  return self:close(node)
end

--- The tree of a file, and its tokens.
---@param text string
---@return table block
---@return table[] tokens
function tree.parse(text)
  local parser = setmetatable({ list = tokens.read(text), at = 1 }, Parser)
  local block = parser:block()
  if parser:type() ~= nil then error(("`%s` in line %d closes nothing"):format(parser:take().text, parser.list[parser.at - 1].line), 0) end
  return block, parser.list
end

return tree
