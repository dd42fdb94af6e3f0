-- Reads the doc comments of Lua files (`--- …` above a function, a class, an alias), for listings, help, the reference and the annotations of
-- editors: what a function is called with, and what it is for. So nothing has to be said twice. The form is that of lua-language-server.

local doc_comments = {}

---@class documented
---@field what string     "function", "method", "class", "alias" or "variable"
---@field name string
---@field owner string|nil  the table or class in front of it: "string", "collection"
---@field call string|nil as it is written: "recent(records, field, d)"
---@field brief string    the first sentence
---@field text string     all of the description
---@field example string[] lines of code in the description
---@field params table[]  {name, type, text, optional}; "…" for any number
---@field returns table[] {type, text, many}
---@field fields table[]  of a class: {name, type, text, optional}
---@field type string|nil of an alias
---@field parent string|nil of a class
---@field tags string[]   further lines that begin with @, as they are

local function sentence(text)
  local stop = text:find("[.;]%s") or text:find("%.$")
  return stop and text:sub(1, stop - 1) or text
end

local OPEN, CLOSE = { ["("] = true, ["<"] = true, ["{"] = true, ["["] = true }, { [")"] = true, [">"] = true, ["}"] = true, ["]"] = true }

--- Splits "fun(a: string): any, table? the rest" behind the type, which may hold blanks inside brackets and behind `:`, `,` and `|`.
---@param text string
---@return string type
---@return string rest
function doc_comments.split_type(text)
  local depth, quoted, at = 0, false, 1
  while at <= #text do
    local c = text:sub(at, at)
    if c == '"' then
      quoted = not quoted
    elseif not quoted and OPEN[c] then
      depth = depth + 1
    elseif not quoted and CLOSE[c] then
      depth = depth - 1
    elseif not quoted and depth == 0 and c:find("%s") and not text:sub(1, at - 1):find("[:,|]%s*$") then
      break
    end
    at = at + 1
  end
  return text:sub(1, at - 1), (text:sub(at):gsub("^%s+", ""))
end

local function typed(rest)
  local kind, text = doc_comments.split_type(rest)
  local open = text:match("^%.%.%.%s*(.*)$") -- any number of them
  return { type = kind, text = open or text, many = open ~= nil or nil }
end

local function named(list, name, rest)
  local entry = typed(rest)
  entry.name = name:gsub("%?$", ""):gsub("^%.%.%.$", "…")
  entry.optional = name:find("%?$") ~= nil or nil
  list[#list + 1] = entry
end

--- What a line that begins with @ says.
local function tag(entry, line)
  local word, rest = line:match("^@(%a+)%s*(.*)$")
  if word == "param" then
    local name, kind = rest:match("^(%S+)%s*(.*)$")
    if name ~= nil then named(entry.params, name, kind) end
  elseif word == "vararg" then
    named(entry.params, "...", rest)
  elseif word == "return" then
    table.insert(entry.returns, typed(rest))
  elseif word == "field" then
    local name, kind = rest:match("^(%[.-%])%s+(.*)$")
    if name == nil then name, kind = rest:match("^(%S+)%s+(.*)$") end
    if name ~= nil then named(entry.fields, name, kind) end
  elseif word == "class" then
    entry.what = "class"
    local partial, named_so = rest:match("^(%(partial%)%s*)(.*)$") -- said in several places
    entry.partial, rest = partial ~= nil or nil, named_so or rest
    entry.name, entry.parent = rest:match("^([%w_.]+)%s*:?%s*([%w_.]*)")
    if entry.parent == "" then entry.parent = nil end
  elseif word == "alias" then
    entry.what = "alias"
    local name, kind = rest:match("^([%w_.]+)%s*(.*)$")
    entry.name, entry.type = name, kind
  elseif word ~= nil then
    entry.tags[#entry.tags + 1] = line
  end
end

local function fresh()
  return { lines = {}, example = {}, params = {}, returns = {}, fields = {}, tags = {} }
end

local function finished(entry)
  entry.text = table.concat(entry.lines, " ")
  entry.brief = sentence(entry.text)
  entry.lines, entry.fenced = nil, nil
  return entry
end

--- A line of a comment, without its dashes.
local function comment(entry, text)
  if text:find("^```") then
    entry.fenced = not entry.fenced
  elseif entry.fenced then
    entry.example[#entry.example + 1] = text
  elseif text:sub(1, 1) == "@" then
    tag(entry, text)
  elseif text ~= "" then
    entry.lines[#entry.lines + 1] = text
  end
end

--- What stands below a comment: a function, or a table. Nil where it is neither.
local function subject(line)
  local path, arguments = line:match("^function%s+([%a_][%w_.:]*)%((.-)%)")
  if path ~= nil then
    local owner, dot, name = path:match("^(.-)([.:]?)([%w_]+)$")
    local call = ("%s(%s)"):format(name, (arguments:gsub("%.%.%.", "…")))
    return { what = dot == ":" and "method" or "function", owner = owner ~= "" and owner or nil, name = name, call = call }
  end
  local variable = line:match("^([%a_][%w_]*)%s*=%s")
  return variable ~= nil and { what = "variable", name = variable } or nil
end

local function put(items, entry, found)
  if entry.what ~= nil then -- a class may have a table of its name: `string = {}`
    entry.global = found ~= nil and found.what == "variable" and found.name or nil
  elseif found ~= nil then
    for key, value in pairs(found) do entry[key] = value end
  else
    return
  end
  items[#items + 1] = finished(entry)
end

--- All that a text documents, in its order. `a.x = a.y` gives what is said of y to x, too.
---@param text string
---@return documented[]
function doc_comments.items(text)
  local items, functions, entry = {}, {}, nil
  for line in (text .. "\n"):gmatch("(.-)\n") do
    local said = line:match("^%-%-%-%s?(.*)$")
    if said ~= nil then
      entry = entry or fresh()
      comment(entry, said)
    else
      local found = subject(line)
      local other, same = line:match("^[%a_][%w_]*%.([%a_][%w_]*)%s*=%s*[%a_][%w_]*%.([%a_][%w_]*)%s*$")
      if other ~= nil and functions[same] ~= nil then
        local copy = {}
        for key, value in pairs(functions[same]) do copy[key] = value end
        copy.name, copy.call = other, other .. copy.call:match("%(.*$")
        items[#items + 1], functions[other] = copy, copy
      elseif entry ~= nil then
        put(items, entry, found)
      elseif found ~= nil and found.owner ~= nil then
        put(items, fresh(), found)
      end
      local last = items[#items]
      if found ~= nil and last ~= nil and last.name == found.name then functions[found.name] = last end
      entry = nil
    end
  end
  return items
end

--- The functions of a table that a text describes, by name. Another name for one (`a.x = a.y`) has its description.
---@param text string
---@return table<string, documented>
function doc_comments.read(text)
  local found = {}
  for _, item in ipairs(doc_comments.items(text)) do
    if item.what == "function" and item.owner ~= nil then found[item.name] = item end
  end
  return found
end

--- The functions that the files of the stdlib describe whose names fit a pattern.
---@param pattern string of the file's name, such as "^checks_[%w_]+%.lua$"
---@return table<string, documented>
function doc_comments.of_files(pattern)
  local all = {}
  for _, file in ipairs(engine.files(engine.stdlib) or {}) do
    if file:find(pattern) then
      for name, entry in pairs(doc_comments.read(engine.read(engine.stdlib .. "/" .. file) or "")) do all[name] = entry end
    end
  end
  return all
end

return doc_comments
