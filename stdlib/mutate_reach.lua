-- Which checks of a rule a part of its file can have an effect on: those that name it, themselves or through helpers.

local about = require("checks_all").about

local reach = {}

--- Every name, field and text that occurs below a node is set in `found`.
local function collect(node, found)
  if node.name ~= nil then found[node.name] = true end
  if node.type == "text" then found[node.value] = true end
  for _, part in ipairs(node) do collect(part, found) end
  return found
end

local Reach = {}
Reach.__index = Reach

--- A statement of the file before the rule.
---@param statement table
function Reach:helper(statement)
  local words = collect(statement, {})
  for _, name in ipairs(statement.names or {}) do self.helpers[name] = words end
end

--- A check; without a name: a part that all checks depend on.
---@param name string|nil
---@param node table
function Reach:check(name, node)
  local words, waiting, taken = {}, { collect(node, {}) }, {}
  while #waiting > 0 do
    for word in pairs(table.remove(waiting)) do
      words[word] = true
      local helper = self.helpers[word]
      if helper ~= nil and not taken[word] then
        taken[word] = true
        waiting[#waiting + 1] = helper
      end
    end
  end
  self.checks[#self.checks + 1] = { name = name, words = words }
end

--- The checks that one of these names leads to: name → true; nil where it may be any.
---@param names string[]
---@return table|nil
function Reach:of(names)
  local found = {}
  for _, name in ipairs(names) do
    if self.implied[name] then return nil end
    for _, check in ipairs(self.checks) do
      if check.words[name] then
        if check.name == nil then return nil end
        found[check.name] = true
      end
    end
  end
  return next(found) ~= nil and found or nil
end

--- Nothing is known yet.
---@return table
function reach.new()
  local implied = {} -- params that building blocks take without being told
  for _, list in pairs(about.params) do
    for _, entry in ipairs(list) do implied[entry:gsub("%?$", "")] = true end
  end
  return setmetatable({ helpers = {}, checks = {}, implied = implied }, Reach)
end

return reach
