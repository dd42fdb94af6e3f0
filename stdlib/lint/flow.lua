-- Checks that cannot say anything: conditions that come out the same for every record, checks that are never asked or have nothing to
-- go over. Only what is written down as a constant is seen.

local file_of = require "lint.file"

local flow = {}

--- What a function gives whatever it is called with: true, false or "nothing" ({} or no value); nil where that depends.
local function constant(node)
  if node == nil or node.type ~= "function" or #node[1] ~= 1 then return nil end
  local statement = node[1][1]
  if statement.word ~= "return" then return nil end
  local value = statement[1]
  while value ~= nil and value.type == "paren" do value = value[1] end
  if value == nil or value.type == "nil" then return "nothing" end
  if value.type == "true" then return true end
  if value.type == "false" then return false end
  if value.type == "table" and #value == 0 then return "nothing" end
  return nil
end

--- The conditions of a check, in order.
local function conditions_of(value)
  if value == nil then return {} end
  if value.type ~= "table" then return { value } end
  local _, items = file_of.entries(value)
  return items
end

--- The function behind a condition: `says("…", function … end)`.
local function behind(file, node)
  if node.type == "call" and file:global(node[1]) == "says" and node[3] ~= nil then return node[3] end
  return node
end

local function check_one(file, check)
  local asked = constant(file_of.value(check.entries.applies_when))
  if asked == false or asked == "nothing" then
    file:report("W0841", check.entries.applies_when, ("the check `%s` is never asked: `applies_when` always says no"):format(check.name),
      "take the check out, or in a tailoring write without \"" .. check.name .. "\"")
  end
  if constant(file_of.value(check.entries.over)) == "nothing" then
    file:report("W0841", check.entries.over, ("the check `%s` goes over nothing: `over` is always empty"):format(check.name))
  end
  local entry = check.entries.expect or check.entries.holds
  local broken
  for _, node in ipairs(conditions_of(file_of.value(entry))) do
    local says = constant(behind(file, node))
    if broken then
      file:report("W0841", node, ("this condition of `%s` is never asked: one before it is always broken"):format(check.name))
      break
    end
    if says == true then
      file:report("W0840", node, ("a condition of `%s` holds whatever it is asked"):format(check.name), "a condition returns true only where it has looked")
    elseif says ~= nil then
      file:report("W0840", node, ("a condition of `%s` is broken whatever it is asked"):format(check.name))
      broken = true
    end
  end
end

--- Looks for checks that come out the same whatever the evidence.
---@param file table lint.file
---@param found table file:rule()
---@param checks table[] file:parts of it
function flow.check(file, found, checks)
  local asked = constant(file_of.value(file_of.entries(found.spec).applies_when))
  if asked == false or asked == "nothing" then
    file:report("W0841", file_of.entries(found.spec).applies_when, "the rule is never asked: `applies_when` always says no")
  end
  for _, check in ipairs(checks) do check_one(file, check) end
end

return flow
