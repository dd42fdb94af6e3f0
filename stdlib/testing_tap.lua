-- Writes the outcome of tests as TAP (version 13), with what was expected, what came, and where the test stands.

local tap = {}

local Tap = {}
Tap.__index = Tap

--- A new protocol.
---@return table
function tap.new()
  return setmetatable({ lines = { "TAP version 13" }, count = 0, passed = 0, failed = 0 }, Tap)
end

local function one_line(text)
  return (tostring(text):gsub("%c+", " "))
end

local function quoted(text)
  return '"' .. one_line(text):gsub('[\\"]', "\\%0") .. '"'
end

function Tap:add(line)
  self.lines[#self.lines + 1] = line
end

local function title(name)
  return (one_line(name):gsub("#", "\\#"))
end

--- A test that came out as expected.
---@param name string
function Tap:ok(name)
  self.count, self.passed = self.count + 1, self.passed + 1
  self:add(("ok %d - %s"):format(self.count, title(name)))
end

--- A test that did not.
---@param name string
---@param at string|nil "file:line"
---@param problems table[] list of {what=, expected=, got=} or {what=}
function Tap:not_ok(name, at, problems)
  self.count, self.failed = self.count + 1, self.failed + 1
  self:add(("not ok %d - %s"):format(self.count, title(name)))
  self:add("  ---")
  if at ~= nil then self:add("  at: " .. quoted(at)) end
  self:add("  problems:")
  for _, problem in ipairs(problems) do
    self:add("    - what: " .. quoted(problem.what))
    if problem.expected ~= nil then self:add("      expected: " .. quoted(problem.expected)) end
    if problem.got ~= nil then self:add("      got: " .. quoted(problem.got)) end
  end
  self:add("  ...")
end

--- The whole protocol.
---@return string
function Tap:text()
  return table.concat(self.lines, "\n") .. ("\n1..%d\n"):format(self.count)
end

return tap
