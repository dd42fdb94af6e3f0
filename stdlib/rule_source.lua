-- Looks at the text of a rule file, for what the loaded table cannot tell: lines, and which names it uses. It understands
-- strings and comments, nothing more.

local source = {}

local Source = {}

local function blank(piece)
  return (piece:gsub("[^\n]", " "))
end

--- Two copies of a text, with all lines and positions kept: without comments, and without what is in strings either.
local function read(text)
  local kept, code, at = {}, {}, 1
  local function add(piece, seen)
    kept[#kept + 1], code[#code + 1] = piece, seen
  end
  while true do
    local from = text:find("[-'\"%[]", at)
    if from == nil then break end
    add(text:sub(at, from - 1), text:sub(at, from - 1))
    local first, to = text:sub(from, from), from
    local level = text:match("^%[(=*)%[", from)
    if text:sub(from, from + 1) == "--" then
      level = text:match("^%-%-%[(=*)%[", from)
      if level ~= nil then
        local _, stop = text:find("]" .. level .. "]", from, true)
        to = stop or #text
      else
        to = (text:find("\n", from, true) or #text + 1) - 1
      end
      local nothing = blank(text:sub(from, to))
      add(nothing, nothing)
    elseif level ~= nil then
      local _, stop = text:find("]" .. level .. "]", from, true)
      to = stop or #text
      add(text:sub(from, to), blank(text:sub(from, to)))
    elseif first == "'" or first == '"' then
      local stop = from
      repeat
        stop = text:find("[\\\n" .. first .. "]", stop + 1)
        local escaped = stop ~= nil and text:sub(stop, stop) == "\\"
        if escaped then stop = stop + 1 end
      until stop == nil or not escaped
      to = stop or #text
      add(text:sub(from, to), to > from and first .. blank(text:sub(from + 1, to - 1)) .. text:sub(to, to) or first)
    else
      add(first, first)
    end
    at = to + 1
  end
  add(text:sub(at), text:sub(at))
  return table.concat(kept), table.concat(code)
end

--- Reads the text, when somebody first asks: one pass over its words.
local function prepare(self)
  local text = self.all
  local starts = { 1 }
  for at in text:gmatch("\n()") do starts[#starts + 1] = at end
  local kept, code = read(text)
  local words, called, keys, members, quoted, own = {}, {}, {}, {}, {}, {}
  local titles = { rule = {}, extend = {}, check = {}, without = {}, test = {}, case = {} }
  local owner, owner_end, before
  for at, word, after, behind, next_one in code:gmatch("()([%a_][%w_]*)%s*()([^%w%s_]?)([^%w%s_]?)") do
    words[word] = words[word] or at
    if behind == "(" or behind == '"' or behind == "'" then
      called[word] = called[word] or at
      local titled = titles[word]
      local title = titled ~= nil and kept:match("^%(?%s*[\"']([^\"'\n]*)[\"']", after) or nil
      if title ~= nil then
        titled[title] = titled[title] or {}
        table.insert(titled[title], at)
      end
    end
    if behind == "=" and next_one ~= "=" then
      keys[word] = keys[word] or {}
      keys[word][#keys[word] + 1] = at
    end
    if owner ~= nil and owner_end == at then
      members[owner] = members[owner] or {}
      members[owner][word] = members[owner][word] or at
    end
    if before == "function" then own[word] = true end
    before = word
    owner, owner_end = nil, nil
    if behind == "." and (at == 1 or code:sub(at - 1, at - 1) ~= ".") then owner, owner_end = word, after + 1 end
  end
  for at, word in kept:gmatch("()[\"']([%w_.?]+)[\"']") do quoted[word] = quoted[word] or at end
  for at, word in kept:gmatch("()%[%s*[\"']([%w_.]+)[\"']%s*%]%s*=") do
    keys[word] = keys[word] or {}
    keys[word][#keys[word] + 1] = at
  end
  rawset(self, "starts", starts)
  rawset(self, "text", kept)
  rawset(self, "code", code)
  rawset(self, "words", words)
  rawset(self, "called", called)
  rawset(self, "keys", keys)
  rawset(self, "owned", members)
  rawset(self, "quoted", quoted)
  rawset(self, "own", own)
  rawset(self, "titles", titles)
end

local prepared = {
  starts = true, text = true, code = true, words = true, called = true, keys = true, owned = true, quoted = true, own = true,
  titles = true,
}

function Source.__index(self, name)
  if prepared[name] then
    prepare(self)
    return rawget(self, name)
  end
  return Source[name]
end

--- The text of a file, to be asked. It is read only when it is.
---@param text string
---@return table
function source.new(text)
  return setmetatable({ all = text }, Source)
end


--- The line of a position, from 1.
---@param at integer|nil
---@return integer|nil
function Source:line(at)
  if at == nil then return nil end
  local low, high = 1, #self.starts
  while low < high do
    local middle = (low + high + 1) // 2
    if self.starts[middle] <= at then low = middle else high = middle - 1 end
  end
  return low
end

--- The text of a line, for diagnostics.
---@param line integer|nil
---@return string|nil
function Source:text_of(line)
  if line == nil or line < 1 then return nil end
  local from = 1 -- the words need not be read for it: the text may be no Lua at all
  for _ = 2, line do
    local stop = self.all:find("\n", from, true)
    if stop == nil then return nil end
    from = stop + 1
  end
  return self.all:sub(from, (self.all:find("\n", from, true) or #self.all + 1) - 1)
end

--- Where `check "name"` (or another word of the language) stands.
---@param word string
---@param name string
---@param nth integer|nil which one, where there are several
---@return integer|nil position
function Source:call(word, name, nth)
  return (self.titles[word][name] or {})[nth or 1]
end

--- Where `name =` stands, from a position on.
---@param name string
---@param from integer|nil
---@return integer|nil position
function Source:key(name, from)
  for _, at in ipairs(self.keys[name] or {}) do
    if at >= (from or 1) then return at end
  end
  return nil
end

--- Where a word of the code, or a quoted text, stands first.
---@param word string
---@return integer|nil position
function Source:word(word)
  return self.words[word] or self.quoted[word]
end

--- Whether a param's name is used anywhere but where it is declared: in the code, or as a text of its own.
---@param name string
---@return boolean
function Source:uses(name)
  if self.quoted[name] ~= nil then return true end
  for _, list in pairs(self.owned) do
    if list[name] ~= nil then return true end
  end
  return false
end

--- The names behind `word.`, with the first position of each: "params" gives what is read as params.x.
---@param word string
---@return table<string, integer>
function Source:members(word)
  return self.owned[word] or {}
end

--- Where a name is called first, `name(…)` or `name "…"`, unless the file has a function of that name itself.
---@param name string
---@return integer|nil position
function Source:calls(name)
  return not self.own[name] and self.called[name] or nil
end

return source
