-- Writes the outcome of tests for people: what failed and where, then figures.

local pretty = {}

local COLORS = { red = "31", green = "32", bold = "1", dim = "2" }

local function clean(text)
  return (tostring(text):gsub("%c+", " "))
end

local function problem_lines(problem, paint, add)
  add("    %s", clean(problem.what))
  if problem.expected ~= nil then add("      expected  %s", clean(problem.expected)) end
  if problem.got ~= nil then add("      got       %s", paint("red", clean(problem.got))) end
  for i, value in ipairs(problem.values or {}) do add("      %s  %s", i == 1 and "findings" or "        ", clean(value)) end
  if problem.at ~= nil then add("      expected at %s%s", problem.at, problem.rule ~= nil and ", rule at " .. problem.rule or "") end
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
      for _, problem in ipairs(point.problems) do problem_lines(problem, paint, add) end
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
