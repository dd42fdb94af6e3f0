-- Writes the outcome of tests as TAP (version 13), with what was expected, what came, and where the test stands.

local plain = require "plain"

local tap = {}

local function quoted(text)
  return '"' .. plain.safe(text):gsub('[\\"]', "\\%0") .. '"'
end

local function title(name)
  return (plain.safe(name):gsub("#", "\\#"))
end

local function problem_lines(problem, lines)
  lines[#lines + 1] = "    - what: " .. quoted(problem.what)
  for _, part in ipairs { "expected", "got", "source", "at", "rule" } do
    if problem[part] ~= nil then lines[#lines + 1] = ("      %s: %s"):format(part, quoted(problem[part])) end
  end
  if problem.findings ~= nil and #problem.findings > 0 then
    lines[#lines + 1] = "      findings:"
    for _, finding in ipairs(problem.findings) do
      lines[#lines + 1] = "        - text: " .. quoted(finding.text)
      for i, value in ipairs(finding.values) do
        if i == 1 then lines[#lines + 1] = "          values:" end
        lines[#lines + 1] = "            - " .. quoted(value)
      end
    end
  end
end

--- The whole protocol.
---@param document table as testing_report makes it
---@return string
function tap.write(document)
  local lines, count = { "TAP version 13" }, 0
  for _, file in ipairs(document.files) do
    for _, point in ipairs(file.points) do
      count = count + 1
      lines[#lines + 1] = ("%s %d - %s"):format(point.ok and "ok" or "not ok", count, title(point.name))
      if not point.ok then
        lines[#lines + 1] = "  ---"
        if point.at ~= nil then lines[#lines + 1] = "  at: " .. quoted(point.at) end
        lines[#lines + 1] = "  problems:"
        for _, problem in ipairs(point.problems) do problem_lines(problem, lines) end
        lines[#lines + 1] = "  ..."
      end
    end
  end
  for _, line in ipairs(document.notes) do lines[#lines + 1] = "# " .. plain.safe(line) end
  lines[#lines + 1] = count == 0 and "1..0 # SKIP " .. plain.safe(document.nothing) or "1.." .. count
  return table.concat(lines, "\n") .. "\n"
end

return tap
