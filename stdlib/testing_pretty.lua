-- Writes the outcome of tests for people: what failed and where, then figures.

local pretty = {}

local COLORS = { red = "31", green = "32", bold = "1", dim = "2" }

local function clean(text)
  return (tostring(text):gsub("%c+", " "))
end

--- A finding: its message, and below it the values that it rests on.
local function finding_lines(finding, add)
  add("        %s", clean(finding.text))
  for _, value in ipairs(finding.values) do add("          %s", clean(value)) end
end

--- What is wrong; `after` is the next problem: findings are shown once for all that is wrong with a check.
local function problem_lines(problem, after, paint, add)
  local places = problem.at ~= nil and ("  %s%s"):format(problem.at, problem.rule ~= nil and ", rule " .. problem.rule or "") or ""
  add("    %s%s", clean(problem.what), paint("dim", places))
  if problem.expected ~= nil then add("      expected  %s", paint("green", clean(problem.expected))) end
  if problem.got ~= nil then add("      got       %s", paint("red", clean(problem.got))) end
  if problem.source ~= nil then add("      %s\n      %s^", problem.source, (" "):rep(problem.caret - 1)) end
  if problem.findings ~= nil and #problem.findings > 0 and (after == nil or after.check ~= problem.check) then
    add("      findings")
    for _, finding in ipairs(problem.findings) do finding_lines(finding, add) end
  end
end

local function file_lines(file, paint, add)
  local passed, failed = 0, 0
  for _, point in ipairs(file.points) do
    if point.ok then passed = passed + 1 else failed = failed + 1 end
  end
  if passed + failed == 0 then return end
  if file.path ~= nil then
    local what = failed == 0 and paint("green", "passed") or paint("red", "failed")
    add("%s  %s  %d of %d", what, clean(file.path), failed == 0 and passed or failed, passed + failed)
  end
  for _, point in ipairs(file.points) do
    if not point.ok then
      add("  %s%s", paint("bold", clean(point.name)), point.at ~= nil and paint("dim", "  " .. clean(point.at)) or "")
      for i, problem in ipairs(point.problems) do problem_lines(problem, point.problems[i + 1], paint, add) end
    end
  end
end

--- The whole text.
---@param document table as testing_report makes it
---@param paper table {color = bool}
---@return string
function pretty.write(document, paper)
  local lines = {}
  local function add(form, ...) lines[#lines + 1] = form:format(...) end
  local function paint(color, text)
    return paper.color and ("\27[%sm%s\27[0m"):format(COLORS[color], text) or text
  end
  for _, file in ipairs(document.files) do file_lines(file, paint, add) end
  if document.nothing ~= nil then add("%s", clean(document.nothing)) end
  if #document.notes > 0 then add("") end
  for _, line in ipairs(document.notes) do add("%s", clean(line)) end
  return table.concat(lines, "\n") .. "\n"
end

return pretty
