-- Texts of a rule that stand for more than themselves: regular expressions that do not compile or whose time can explode, malformed Lua
-- patterns, dates and durations that are none.

local regex = require "lint.regex"

local patterns = {}

local RE = { find = true, gmatch = true, match = true, replace = true, test = true }
local LUA = { find = true, match = true, gmatch = true, gsub = true }

--- The pattern among the arguments of a call: its node, and "re" or "lua".
local function pattern_of(file, call)
  local head = call[1]
  if call.method ~= nil then
    return LUA[call.method] and call[2] ~= nil and call[2].type == "text" and call[2] or nil, "lua"
  end
  if head.type ~= "index" or head.name == nil or call[3] == nil or call[3].type ~= "text" then return nil end
  local library = file:global(head[1])
  if library == "re" and RE[head.name] then return call[3], "re" end
  if library == "string" and LUA[head.name] then return call[3], "lua" end
  return nil
end

local MADE = {
  date = { read = engine.time, help = "write it as 2026-01-31, or 2026-01-31T08:15:00Z" },
  duration = { read = engine.duration, help = "write a number and a unit, such as 4 h or 30 d" },
}

local function check_value(file, call)
  local word, text = file:global(call[1]), call[2]
  local made = word ~= nil and MADE[word] or nil
  if made ~= nil and text ~= nil and text.type == "text" and made.read(text.value) == nil then
    file:report("E0847", text, ("`%s` is no %s"):format(text.value, word), made.help)
  end
end

--- Looks at the patterns, dates and durations of a file.
---@param file table lint.file
function patterns.check(file)
  local re = engine.env().re
  for _, call in ipairs(file.calls) do
    check_value(file, call)
    local node, which = pattern_of(file, call)
    local plain = node ~= nil and call[#call].type == "true" -- find(text, "a.b", 1, true)
    if node ~= nil and which == "re" then
      local ok, message = engine.try(re.test, "", node.value)
      if not ok then
        file:report("E0851", node, "the pattern cannot be used: " .. tostring(message):gsub("^[^:]*:%d+: ", ""))
      else
        local why, how = regex.explodes(node.value)
        if why ~= nil then
          file:report("W0850", node, ("the time of this pattern can grow %s: %s"):format(regex.growth(how), why), regex.HELP)
        end
      end
    elseif node ~= nil and not plain and call.method == nil then
      local ok, message = engine.try(string.find, "", node.value)
      if not ok then file:report("E0851", node, "the pattern cannot be used: " .. tostring(message):gsub("^[^:]*:%d+: ", "")) end
    end
  end
end

return patterns
