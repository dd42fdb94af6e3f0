-- Reads a regular expression (PCRE2, as `re` and the text patterns of manifests have it) and tells whether its time can explode: where
-- repeated parts can share the same text in many ways. Looks at how it is built, not at what it is for; what it does not understand
-- (conditions, recursion, unusual escapes) counts as matching nothing in common.

local regex = {}

local NONE, OTHER = {}, 256 -- OTHER stands for every character beyond ASCII

local function set_of(test)
  local set = {}
  for code = 0, 127 do set[code] = test(string.char(code)) or nil end
  return set
end

local CLASSES = {}
for letter, class in pairs { d = "%d", w = "[%w_]", s = "%s", h = "[ \t]" } do
  CLASSES[letter] = set_of(function(char) return char:find("^" .. class .. "$") ~= nil end)
  CLASSES[letter:upper()] = set_of(function(char) return char:find("^" .. class .. "$") == nil end)
  CLASSES[letter:upper()][OTHER] = true
end
CLASSES.N = set_of(function(char) return char ~= "\n" end)
CLASSES.N[OTHER] = true
local DOT = CLASSES.N
local CONTROL = { n = "\n", t = "\t", r = "\r", f = "\f", e = "\27", a = "\7" }
local ASSERTS = { b = true, B = true, A = true, z = true, Z = true, G = true, K = true, Q = true, E = true }

local function union(into, other)
  for code in pairs(other) do into[code] = true end
  return into
end

local function common(sets)
  for code in pairs(sets[1] or NONE) do
    local all = true
    for _, set in ipairs(sets) do all = all and set[code] end
    if all then return true end
  end
  return false
end

local Reader = {}
Reader.__index = Reader

function Reader:peek(n) return self.text:sub(self.at, self.at + (n or 1) - 1) end

function Reader:take(n)
  local piece = self:peek(n)
  self.at = self.at + (n or 1)
  return piece
end

--- A single character as a set; letters in both cases.
function Reader:char(char)
  if char:byte() > 127 then
    self.at = self.at + #(self.text:match("^[\128-\191]*", self.at) or "")
    return { [OTHER] = true }
  end
  return { [char:lower():byte()] = true, [char:upper():byte()] = true }
end

--- Behind a backslash: a set, or nil for what takes no character.
function Reader:escape()
  local letter = self:take()
  if CLASSES[letter] ~= nil then return CLASSES[letter] end
  if letter == "v" or letter == "R" then return CLASSES.s end
  if letter == "x" then
    local code = self.text:match("^{(%x+)}", self.at)
    if code ~= nil then self.at = self.at + #code + 2 else code = self:take(#self.text:match("^%x?%x?", self.at)) end
    local byte = tonumber(code, 16) or 0
    return byte < 128 and self:char(string.char(byte)) or { [OTHER] = true }
  end
  if letter == "p" or letter == "P" then
    local name = self.text:match("^{[^}]*}", self.at) or self:peek()
    self.at = self.at + #name
    return union(union({ [OTHER] = true }, CLASSES.w), letter == "P" and CLASSES.W or NONE)
  end
  if CONTROL[letter] ~= nil then return self:char(CONTROL[letter]) end
  if letter:find("[%dgk]") then
    self.at = self.at + #(self.text:match("^%d*", self.at))
    return NONE
  end
  if ASSERTS[letter] then return nil end
  return letter == "" and NONE or self:char(letter)
end

function Reader:class()
  local set, negated, first = {}, self:peek() == "^", true
  if negated then self:take() end
  while self.at <= #self.text and (first or self:peek() ~= "]") do
    first = false
    local name = self.text:match("^%[:%^?(%a+):%]", self.at)
    if name ~= nil then
      self.at = self.at + #self.text:match("^%[:[^%]]*%]", self.at)
      local class = { alpha = "%a", digit = "%d", alnum = "%w", space = "%s", punct = "%p", upper = "%u", lower = "%l", xdigit = "%x" }
      union(set, class[name] and set_of(function(char) return char:find("^" .. class[name] .. "$") ~= nil end) or CLASSES.w)
    else
      local char = self:take()
      local one = char == "\\" and (self:escape() or NONE) or self:char(char)
      local to = self.text:match("^%-([^%]\\])", self.at)
      if to ~= nil and char ~= "\\" and char:byte() < 128 and to:byte() < 128 then
        self.at = self.at + 2
        for code = char:byte(), to:byte() do union(set, self:char(string.char(code))) end
      else
        union(set, one)
      end
    end
  end
  self:take()
  if not negated then return set end
  local rest = { [OTHER] = not set[OTHER] or nil }
  for code = 0, 127 do rest[code] = not set[code] or nil end
  return rest
end

--- How often the piece before may come: least, most, whether it gives nothing back.
function Reader:quantifier()
  local char = self:peek()
  local least, most
  if char == "*" then least, most = 0, math.huge
  elseif char == "+" then least, most = 1, math.huge
  elseif char == "?" then least, most = 0, 1
  else
    local low, comma, high = self.text:match("^{(%d+)(,?)(%d*)}", self.at)
    if low == nil then return 1, 1, false end
    self.at = self.at + #low + #comma + #high + 1
    least = tonumber(low)
    most = comma == "" and least or high == "" and math.huge or tonumber(high)
  end
  self:take()
  local mode = self:peek()
  if mode == "+" or mode == "?" then self:take() end
  return least, most, mode == "+"
end

function Reader:group()
  local kind = "group"
  if self:peek() == "?" then
    local look = self.text:match("^%?<?[=!]", self.at)
    local skip = look or self.text:match("^%?P?<[%w_]+>", self.at) or self.text:match("^%?'[%w_]+'", self.at) or self.text:match("^%?[%a-]*:", self.at)
      or self.text:match("^%?[>|#]", self.at) or self.text:match("^%?[%a-]*", self.at)
    self.at = self.at + #skip
    if look then kind = "look" elseif skip == "?>" then kind = "atomic" end
    if skip == "?#" then
      self.at = (self.text:find(")", self.at, true) or #self.text) + 1
      return { kind = "look", branches = {} }
    end
  end
  local node = self:alternatives()
  node.kind = kind
  self:take()
  return node
end

function Reader:sequence()
  local list = {}
  while self.at <= #self.text and self:peek() ~= "|" and self:peek() ~= ")" do
    local from, char = self.at, self:take()
    local piece
    if char == "(" then
      self.depth = self.depth + 1
      if self.depth > 200 then error("too deep", 0) end
      piece = self:group()
      self.depth = self.depth - 1
    elseif char == "[" then
      piece = { set = self:class() }
    elseif char == "." then
      piece = { set = DOT }
    elseif char == "\\" then
      local set = self:escape()
      piece = set and { set = set } or { kind = "look", branches = {} }
    elseif char == "^" or char == "$" then
      piece = { kind = "look", branches = {} }
    else
      piece = { set = self:char(char) }
    end
    piece.least, piece.most, piece.firm = self:quantifier()
    piece.from, piece.to = from, self.at - 1
    list[#list + 1] = piece
  end
  return list
end

function Reader:alternatives()
  local node = { branches = { self:sequence() } }
  while self:peek() == "|" do
    self:take()
    node.branches[#node.branches + 1] = self:sequence()
  end
  return node
end

-- ---- what it is made of ----

local function empty(piece)
  if piece.least == 0 or piece.kind == "look" then return true end
  if piece.set ~= nil then return false end
  for _, branch in ipairs(piece.branches) do
    local all = true
    for _, inner in ipairs(branch) do all = all and empty(inner) end
    if all then return true end
  end
  return false
end

--- The sets that a piece must go through, one for each; nothing where it may be left out.
local function must(list, into)
  for _, piece in ipairs(list) do
    if not empty(piece) then
      if piece.set ~= nil then
        into[#into + 1] = piece.set
      elseif #piece.branches == 1 then
        must(piece.branches[1], into)
      else
        local all = {}
        for _, branch in ipairs(piece.branches) do
          for _, set in ipairs(must(branch, {})) do union(all, set) end
        end
        into[#into + 1] = all
      end
    end
  end
  return into
end

--- Every character that a piece can take.
local function reach(piece, into)
  if piece.set ~= nil then return union(into, piece.set) end
  if piece.kind == "look" then return into end
  for _, branch in ipairs(piece.branches) do
    for _, inner in ipairs(branch) do reach(inner, into) end
  end
  return into
end

local function endless(piece) return piece.most == math.huge and not piece.firm and piece.kind ~= "look" and piece.kind ~= "atomic" end

local function piece_text(self, piece) return self.text:sub(piece.from, piece.to) end

--- Within a part that is repeated without end: another such repetition that meets itself in the next round.
local function check_nested(self, outer, branch)
  for i, piece in ipairs(branch) do
    if piece.most == math.huge and not piece.firm and piece.kind ~= "look" then
      local own, rest = reach(piece, {}), {}
      for j, other in ipairs(branch) do
        if j ~= i then rest[#rest + 1] = other end
      end
      local sets = must(rest, {})
      sets[#sets + 1] = own
      if common(sets) then
        return ("`%s` is repeated within `%s`, and both can take the same text"):format(piece_text(self, piece), piece_text(self, outer))
      end
    end
    if piece.branches ~= nil and piece.kind ~= "look" and not piece.firm and #branch == 1 then
      for _, inner in ipairs(piece.branches) do
        local told = check_nested(self, outer, inner)
        if told then return told end
      end
    end
  end
  return nil
end

local function check_branches(self, outer)
  for i, a in ipairs(outer.branches) do
    for j = i + 1, #outer.branches do
      local sets = must(outer.branches[j], must(a, {}))
      if #must(a, {}) > 0 and #must(outer.branches[j], {}) > 0 and common(sets) then
        return ("two alternatives of `%s`, which is repeated, can take the same text"):format(piece_text(self, outer))
      end
    end
  end
  return nil
end

--- The sets that one round of a repetition must go through.
local function round(piece)
  if piece.set ~= nil then return { piece.set } end
  local sets = must({ { branches = piece.branches, kind = piece.kind, least = 1 } }, {})
  return #sets > 0 and sets or { reach(piece, {}) }
end

local function share(a, b)
  local sets = round(a)
  for _, set in ipairs(round(b)) do sets[#sets + 1] = set end
  return common(sets)
end

--- Two repetitions without end next to each other that can take the same characters, and something behind them that may fail.
local function check_adjacent(self, list)
  for i, piece in ipairs(list) do
    if endless(piece) then
      for j = i + 1, #list do
        local other = list[j]
        if endless(other) and j < #list and share(piece, other) then
          return ("`%s` and `%s` stand next to each other and can take the same text"):format(piece_text(self, piece), piece_text(self, other))
        end
        if not empty(other) then break end
      end
    end
  end
  return nil
end

local function look(self, list)
  local told = check_adjacent(self, list)
  if told then return told, "polynomial" end
  for _, piece in ipairs(list) do
    if piece.branches ~= nil then
      if endless(piece) then
        told = check_branches(self, piece)
        for _, branch in ipairs(piece.branches) do told = told or check_nested(self, piece, branch) end
        if told then return told, "exponential" end
      end
      for _, branch in ipairs(piece.branches) do
        local inner, how = look(self, branch)
        if inner then return inner, how end
      end
    end
  end
  return nil
end

--- What in a pattern can make its time explode: a sentence and "exponential" or "polynomial"; nil where nothing is seen.
---@param text string
---@return string|nil why
---@return string|nil how
function regex.explodes(text)
  local self = setmetatable({ text = text, at = 1, depth = 0 }, Reader)
  local ok, node = engine.try(self.alternatives, self)
  if not ok then return nil end
  for _, branch in ipairs(node.branches) do
    local told, how = look(self, branch)
    if told then return told, how end
  end
  return nil
end

regex.HELP = "make the parts differ, bound them as {1,20}, or use ++ and *+, which give nothing back; a match that takes too long ends in an error"

--- How the time grows, in words.
---@param how string "exponential" | "polynomial"
---@return string
function regex.growth(how)
  return how == "exponential" and "exponentially" or "with a power of the text's length"
end

return regex
