-- What `:doc` finds: functions of the rule language, of checks, of collections and of libraries, by the comments in the stdlib.

local doc_comments = require "doc_comments"
local plain = require "plain"

local docs = {}

local found

--- All that is described, by name. Read once, since nothing can be opened later.
function docs.load()
  found = {}
  for name, entry in pairs(doc_comments.of_files("^checks_[%w_]+%.lua$")) do found["checks." .. name] = entry end
  for name, entry in pairs(doc_comments.of_files("^conditions_[%w_]+%.lua$")) do found[name] = found[name] or entry end
end

---@return string[] names, sorted
function docs.names()
  local names = {}
  for name in pairs(found) do names[#names + 1] = name end
  table.sort(names)
  return names
end

--- An entry, or nil and the names that come close.
---@param name string
---@return table|nil entry
---@return string|nil suggestion
function docs.find(name)
  local entry = found[name] or found["checks." .. name]
  if entry ~= nil then return entry end
  return nil, engine.suggest(name, docs.names())
end

---@param entry table
---@param width integer
---@return string[]
function docs.lines(entry, width)
  local lines = { entry.call }
  local function add(first, text)
    for _, line in ipairs(plain.hang(first, plain.safe(text), width)) do lines[#lines + 1] = line end
  end
  if entry.text ~= "" then add("  ", entry.text) end
  for _, param in ipairs(entry.params) do add(("  %s  "):format(param.name), ("%s %s"):format(param.type, param.text)) end
  for _, given in ipairs(entry.returns) do add("  gives  ", ("%s %s"):format(given.type, given.text)) end
  return lines
end

docs.load()

return docs
