-- Writes the outcome of tests as JUnit XML, in the form that the strictest readers ask for: one suite a test file.

local plain = require "plain"

local junit = {}

local NAMES = { ["&"] = "&amp;", ["<"] = "&lt;", [">"] = "&gt;", ['"'] = "&quot;" }

--- One line, without what a terminal or XML cannot hold.
local function escaped(text)
  return (plain.safe(text):gsub("\239\191[\190\191]", "?"):gsub('[&<>"]', NAMES))
end

--- For attributes that are tokens: blanks single, none at the ends.
local function token(text)
  text = escaped(text):gsub("%s+", " "):match("^ ?(.-) ?$")
  return text ~= "" and text or "?"
end

local function body_of(point)
  local lines = { point.at }
  for _, problem in ipairs(point.problems) do
    lines[#lines + 1] = problem.what
    for _, part in ipairs { "expected", "got", "source", "at", "rule" } do
      if problem[part] ~= nil then lines[#lines + 1] = ("  %s: %s"):format(part, problem[part]) end
    end
    for _, finding in ipairs(problem.findings or {}) do
      lines[#lines + 1] = "  " .. finding.text
      for _, value in ipairs(finding.values) do lines[#lines + 1] = "    " .. value end
    end
  end
  for i, line in ipairs(lines) do lines[i] = escaped(line) end
  return table.concat(lines, "\n")
end

local function add_case(lines, file, point)
  local head = ('    <testcase name="%s" classname="%s" time="0"'):format(token(point.name), token(file.class))
  if point.ok then
    lines[#lines + 1] = head .. "/>"
    return
  end
  lines[#lines + 1] = head .. ">"
  lines[#lines + 1] = ('      <failure message="%s" type="%s">%s</failure>'):format(token(point.problems[1].what), "failure", body_of(point))
  lines[#lines + 1] = "    </testcase>"
end

local function add_suite(lines, file, number, stamp)
  local failed = 0
  for _, point in ipairs(file.points) do failed = failed + (point.ok and 0 or 1) end
  lines[#lines + 1] = ('  <testsuite id="%d" package="%s" name="%s" timestamp="%s" hostname="localhost" tests="%d" failures="%d" errors="0" time="%.3f">')
    :format(number, token(file.package), token(file.path or file.class), token(stamp.timestamp), #file.points, failed, file.seconds or 0)
  lines[#lines + 1] = "    <properties>"
  for name, value in pairs(file.figures or {}) do
    lines[#lines + 1] = ('      <property name="%s" value="%s"/>'):format(token(name), token(value))
  end
  lines[#lines + 1] = "    </properties>"
  for _, point in ipairs(file.points) do add_case(lines, file, point) end
  lines[#lines + 1] = "    <system-out/>"
  lines[#lines + 1] = "    <system-err/>"
  lines[#lines + 1] = "  </testsuite>"
end

--- The whole document.
---@param document table as testing_report makes it
---@param stamp table {timestamp = "2026-01-31T12:00:00"}
---@return string
function junit.write(document, stamp)
  local lines, number = { '<?xml version="1.0" encoding="UTF-8"?>', "<testsuites>" }, 0
  for _, file in ipairs(document.files) do
    if #file.points > 0 then
      add_suite(lines, file, number, stamp)
      number = number + 1
    end
  end
  lines[#lines + 1] = "</testsuites>"
  return table.concat(lines, "\n") .. "\n"
end

return junit
