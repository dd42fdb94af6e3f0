-- luacheck, which knows Lua: what it is told about rule files, and what becomes of its findings. It is started by the engine; here are
-- only the names that it gets and the lines that it gives.

local rule = require "rule"

local luacheck = {}

local LIBRARIES = { string = true, table = true, math = true, utf8 = true, re = true }

--- Every name that rules and tests may read: words, and the members of libraries as "string.find".
---@return string[]
function luacheck.globals()
  local list = { "test", "case", "absent", "_ENV" }
  local env = rule.environment()
  for name, value in pairs(env) do
    if LIBRARIES[name] then
      for member in pairs(value) do list[#list + 1] = name .. "." .. member end
    else
      list[#list + 1] = name
    end
  end
  table.sort(list)
  return list
end

--- Its codes, by prefix, the longest first.
local OURS = {
  { "111", "E0821" }, { "112", "E0821" }, { "113", "E0821" }, { "143", "E0821" }, { "142", "E0821" }, { "1", "W0821" },
  { "211", "W0823" }, { "212", "W0823" }, { "213", "W0823" }, { "221", "W0823" }, { "231", "W0823" }, { "232", "W0823" }, { "233", "W0823" },
  { "241", "W0823" }, { "2", "W0823" }, { "311", "W0824" }, { "312", "W0824" }, { "313", "W0824" }, { "314", "W0824" }, { "3", "W0824" },
  { "4", "W0822" }, { "511", "W0825" }, { "512", "W0825" }, { "521", "W0823" }, { "531", "W0826" }, { "532", "W0826" }, { "541", "W0826" },
  { "542", "W0826" }, { "551", "W0826" }, { "571", "W0826" }, { "61", "N0827" },
}
-- `not (a <= b)` is not `a > b` here: both are false where one side is absent. Long lines are a matter of taste.
local IGNORED = { ["581"] = true, ["582"] = true, ["631"] = true, ["561"] = true }

local function code_of(number)
  if IGNORED[number] then return nil end
  for _, pair in ipairs(OURS) do
    if number:sub(1, #pair[1]) == pair[1] then return pair[2] end
  end
  return number:sub(1, 1) ~= "0" and "W0826" or nil -- what does not parse the loader has told of
end

local function sentence(text)
  return (text:gsub("'([^']*)'", "`%1`"))
end

--- A name that was meant, for a global that is not there.
local function help_of(code, text, names)
  local word = code == "E0821" and (text:match("variable '([^']*)'$") or text:match("field '([^']*)' of")) or nil
  if word == nil then return nil end
  local near = engine.suggest(word, names)
  return near and ("did you mean `%s`?"):format(near) or "rules find only the words of the rule language and the libraries without side effects"
end

--- Whether an argument belongs to a function that the engine calls: what it is called with is not the author's to choose.
local function is_given(file, at)
  for _, binding in ipairs(file.bindings) do
    if binding.func ~= nil and binding.token.line == at.line and file:column(binding.token) == at.character then return binding.func.binding_of == nil end
  end
  return false
end

--- Tells what luacheck found.
---@param lines string its output
---@param files table path → lint.file
---@param fix table|nil {trailing = function(file, at) → whether that will be mended}
function luacheck.tell(lines, files, fix)
  local names = {}
  for _, name in ipairs(luacheck.globals()) do names[#names + 1] = name:match("[^.]*$") end
  for line in lines:gmatch("[^\n]+") do
    local path, row, column, number, text = line:match("^(.-):(%d+):(%d+)%-?%d*: %([WE](%d+)%) (.*)$")
    local code, file = number ~= nil and code_of(number) or nil, files[path]
    if code ~= nil and file ~= nil then
      local at = { line = tonumber(row), character = tonumber(column) }
      local mended = code == "N0827" and fix ~= nil and fix.trailing(file, at)
      if not mended and not (number == "212" and is_given(file, at)) then file:report(code, at, sentence(text), help_of(code, text, names)) end
    end
  end
end

return luacheck
