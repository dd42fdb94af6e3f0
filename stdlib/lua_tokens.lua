-- Takes the text of a Lua file apart into words, names, numbers, texts and signs. For texts that compile; anything else is an error.

local tokens = {}

local WORDS = {}
for word in ("and break do else elseif end false for function goto if in local nil not or repeat return then true until while"):gmatch("%a+") do
  WORDS[word] = true
end

-- Longest first.
local SIGNS = { "...", "<<", ">>", "//", "==", "~=", "<=", ">=", "::", ".." }

local ESCAPES = { a = "\a", b = "\b", f = "\f", n = "\n", r = "\r", t = "\t", v = "\v", ["'"] = "'", ['"'] = '"', ["\\"] = "\\" }

--- What a quoted text stands for, as far as names, words and durations need: other escapes stay as they are written.
local function unquoted(quoted)
  local level = quoted:match("^%[(=*)%[")
  if level ~= nil then return (quoted:sub(#level + 3, -#level - 3):gsub("^\r?\n", "")) end
  return (quoted:sub(2, -2):gsub("\\(.)", function(char) return ESCAPES[char] end))
end

--- The end of the long bracket that begins at `at`, or nil where none does.
local function long_bracket(text, at)
  local level = text:match("^%[(=*)%[", at)
  if level == nil then return nil end
  local _, to = text:find("]" .. level .. "]", at, true)
  return to or error("a long bracket is not closed", 0)
end

local function quoted_end(text, at)
  local quote, to = text:sub(at, at), at
  while true do
    to = text:find("[\\\n" .. quote .. "]", to + 1)
    if to == nil or text:sub(to, to) == "\n" then error("a text is not closed", 0) end
    if text:sub(to, to) == quote then return to end
    to = to + 1
  end
end

local function number_end(text, at)
  local to = text:match("^0[xX][%x.]*()", at)
  if to ~= nil then
    return (text:match("^[pP][+-]?%d+()", to) or to) - 1
  end
  to = text:match("^[%d.]+()", at)
  return (text:match("^[eE][+-]?%d+()", to) or to) - 1
end

--- First characters of the signs that are longer than one.
local LONG = {}
for _, sign in ipairs(SIGNS) do LONG[sign:sub(1, 1)] = true end

--- The type and the end of the token at `at`; nil where there is a comment.
local function token_at(text, at)
  local char = text:sub(at, at)
  local behind = text:match("^[%a_][%w_]*()", at)
  if behind ~= nil then return WORDS[text:sub(at, behind - 1)] and "word" or "name", behind - 1 end
  if char:find("%d") or (char == "." and text:find("^%.%d", at)) then return "number", number_end(text, at) end
  if char == '"' or char == "'" then return "text", quoted_end(text, at) end
  if char == "-" and text:find("^%-%-", at) then
    return nil, long_bracket(text, at + 2) or (text:find("\n", at, true) or #text + 1) - 1
  end
  local to = char == "[" and long_bracket(text, at) or nil
  if to ~= nil then return "text", to end
  if LONG[char] then
    for _, sign in ipairs(SIGNS) do
      if text:sub(at, at + #sign - 1) == sign then return "sign", at + #sign - 1 end
    end
  end
  return "sign", at
end

--- All tokens, in order: {type = word|name|number|text|sign, text = as written, value = of a text, at, to, line, column}.
---@param text string
---@return table[]
function tokens.read(text)
  local list, at, line, line_start = {}, 1, 1, 1
  local next_line = text:find("\n", 1, true) or math.huge
  if text:sub(1, 1) == "#" then at = text:find("\n", 1, true) or #text + 1 end
  while true do
    local start = text:find("%S", at)
    if start == nil then return list end
    while next_line < start do
      line, line_start = line + 1, next_line + 1
      next_line = text:find("\n", line_start, true) or math.huge
    end
    local kind, to = token_at(text, start)
    if kind ~= nil then
      local token = { type = kind, text = text:sub(start, to), at = start, to = to, line = line, column = start - line_start + 1 }
      if kind == "text" then token.value = unquoted(token.text) end
      list[#list + 1] = token
    end
    at = to + 1
  end
end

return tokens
