-- Reads the doc comments of Lua files (`--- …` above a function), for listings and help: what a function is called with, and what it
-- is for. So nothing has to be said twice.

local doc_comments = {}

---@class documented
---@field name string
---@field call string     as it is written: "recent(records, field, d)"
---@field brief string    the first sentence
---@field text string     all of the description
---@field params table[]  {name, type, text}
---@field returns table[] {type, text}

local function sentence(text)
  local stop = text:find("[.;]%s") or text:find("%.$")
  return stop and text:sub(1, stop - 1) or text
end

local function tag(entry, line)
  local name, kind, text = line:match("^@param%s+(%S+)%s+(%S+)%s*(.*)$")
  if name ~= nil then
    table.insert(entry.params, { name = name, type = kind, text = text })
    return
  end
  kind, text = line:match("^@return%s+(%S+)%s*(.*)$")
  if kind ~= nil then
    table.insert(entry.returns, { type = kind, text = text })
    return
  end
  kind, text = line:match("^@vararg%s+(%S+)%s*(.*)$")
  if kind ~= nil then table.insert(entry.params, { name = "…", type = kind, text = text }) end
end

local function finished(entry, name, arguments)
  entry.name = name
  entry.call = ("%s(%s)"):format(name, (arguments:gsub("%.%.%.", "…")))
  entry.text = table.concat(entry.lines, " ")
  entry.brief = sentence(entry.text)
  entry.lines = nil
  return entry
end

--- The functions of a table that a text describes, by name. Another name for one (`a.x = a.y`) has its description.
---@param text string
---@return table<string, documented>
function doc_comments.read(text)
  local found, entry = {}, nil
  for line in (text .. "\n"):gmatch("(.-)\n") do
    local comment = line:match("^%-%-%-%s?(.*)$")
    if comment ~= nil then
      entry = entry or { lines = {}, params = {}, returns = {} }
      if comment:sub(1, 1) == "@" then tag(entry, comment) else entry.lines[#entry.lines + 1] = comment end
    else
      local name, arguments = line:match("^function%s+[%a_][%w_]*%.([%a_][%w_]*)%((.-)%)")
      if name ~= nil then
        found[name] = finished(entry or { lines = {}, params = {}, returns = {} }, name, arguments)
      else
        local other, same = line:match("^[%a_][%w_]*%.([%a_][%w_]*)%s*=%s*[%a_][%w_]*%.([%a_][%w_]*)%s*$")
        local of = other ~= nil and found[same] or nil
        if of ~= nil then
          found[other] = { name = other, call = other .. of.call:match("%(.*$"), text = of.text, brief = of.brief, params = of.params, returns = of.returns }
        end
      end
      entry = nil
    end
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
