-- Writes the outcome of tests for people: what failed and where, then figures.

local plain = require "plain"

local pretty = {}

local COLORS = { red = "31", green = "32", bold = "1", dim = "2" }

local Sheet = {}
Sheet.__index = Sheet

function Sheet:paint(color, text)
  return self.color and ("\27[%sm%s\27[0m"):format(COLORS[color], text) or text
end

--- A finding: its message, and below it the values that it rests on.
local function finding_lines(finding, add)
  add("        %s", plain.safe(finding.text))
  for _, value in ipairs(finding.values) do add("          %s", plain.safe(value)) end
end

--- Whether a byte is inside of a character rather than at its beginning.
local function is_inside(text, at)
  local byte = text:byte(at)
  return byte ~= nil and byte >= 0x80 and byte < 0xC0
end

--- A line and a mark below one of its bytes, cut to what the paper holds around it.
local function marked(source, caret, room)
  local from, to = 1, #source
  if room ~= nil and to > room then
    from = math.max(1, math.min(caret - room // 2, to - room + 1))
    to = math.min(to, from + room - 1)
    while from < caret and is_inside(source, from) do from = from + 1 end
    while to > caret and is_inside(source, to + 1) do to = to - 1 end
  end
  local before = (from > 1 and "…" or "") .. source:sub(from, caret - 1)
  return before .. source:sub(caret, to) .. (to < #source and "…" or ""), (" "):rep(utf8.len(before) or #before) .. "^"
end

--- What is wrong; `after` is the next problem: findings are shown once for all that is wrong with a check.
local function problem_lines(problem, after, sheet, add)
  local places = problem.at ~= nil and ("  %s%s"):format(problem.at, problem.rule ~= nil and ", rule " .. problem.rule or "") or ""
  add("    %s%s", plain.safe(problem.what), sheet:paint("dim", places))
  if problem.expected ~= nil then add("      expected  %s", sheet:paint("green", plain.safe(problem.expected))) end
  if problem.got ~= nil then add("      got       %s", sheet:paint("red", plain.safe(problem.got))) end
  if problem.source ~= nil then add("      %s\n      %s", marked(plain.safe(problem.source), problem.caret, sheet.room)) end
  if problem.findings ~= nil and #problem.findings > 0 and (after == nil or after.check ~= problem.check) then
    add("      findings")
    for _, finding in ipairs(problem.findings) do finding_lines(finding, add) end
  end
end

local function file_lines(file, sheet, add)
  local passed, failed = 0, 0
  for _, point in ipairs(file.points) do
    if point.ok then passed = passed + 1 else failed = failed + 1 end
  end
  if passed + failed == 0 then return end
  if file.path ~= nil then
    local what = failed == 0 and sheet:paint("green", "passed") or sheet:paint("red", "failed")
    add("%s  %s  %d of %d", what, plain.safe(file.path), failed == 0 and passed or failed, passed + failed)
  end
  for _, point in ipairs(file.points) do
    if not point.ok then
      add("  %s%s", sheet:paint("bold", plain.safe(point.name)), point.at ~= nil and sheet:paint("dim", "  " .. plain.safe(point.at)) or "")
      for i, problem in ipairs(point.problems) do problem_lines(problem, point.problems[i + 1], sheet, add) end
    end
  end
end

--- The whole text.
---@param document table as testing_report makes it
---@param paper table {color = bool, width = columns or nil}
---@return string
function pretty.write(document, paper)
  local lines = {}
  local function add(form, ...) lines[#lines + 1] = form:format(...) end
  local sheet = setmetatable({ color = paper.color, room = paper.width ~= nil and math.max(paper.width - 8, 20) or nil }, Sheet)
  for _, file in ipairs(document.files) do file_lines(file, sheet, add) end
  if document.nothing ~= nil then add("%s", plain.safe(document.nothing)) end
  if #document.notes > 0 then add("") end
  for _, line in ipairs(document.notes) do add("%s", plain.safe(line)) end
  return table.concat(lines, "\n") .. "\n"
end

return pretty
