-- What the cases of a test file reach of its rule: the outcomes of its checks, and the lines of its functions.

local bench = require "testing_bench"
local tree = require "lua_tree"

local coverage = {}

local MUST_BE_SEEN = { "pass", "fail", "unknown" }

--- Outcomes of checks that no case shows, less what the test file calls unreachable.
---@param own table[] checks of the file
---@param spec table the test
---@param seen table check → status → true
---@return table[] problems
---@return table {checks = outcomes that there are, seen = of these}
function coverage.of_checks(own, spec, seen)
  local problems, excused, names = {}, {}, {}
  local count = { checks = 0, seen = 0 }
  for _, check in ipairs(own) do names[#names + 1] = check.name end
  for name, entry in pairs(spec.unreachable or {}) do
    local known = false
    for _, one in ipairs(names) do known = known or one == name end
    if not known then bench.wrong("unreachable: the rule has no check `%s`%s", name, bench.did_you_mean(name, names)) end
    if type(entry) ~= "table" or type(entry.reason) ~= "string" then
      bench.wrong("unreachable: say why, as in %s = { \"unknown\", reason = \"…\" }", name)
    end
    excused[name] = {}
    for _, status in ipairs(entry) do excused[name][status] = true end
  end
  for _, name in ipairs(names) do
    local missing = {}
    for _, status in ipairs(MUST_BE_SEEN) do
      if not (excused[name] or {})[status] then
        count.checks = count.checks + 1
        if (seen[name] or {})[status] then count.seen = count.seen + 1 else missing[#missing + 1] = status end
      end
    end
    if #missing > 0 then
      problems[#problems + 1] = { what = name .. " was not seen to come out as " .. table.concat(missing, ", ") }
    end
  end
  return problems, count
end

--- All functions of a tree, and the lines in which their statements begin.
local function functions_of(node, list, found)
  if node.type == "function" then
    found[#found + 1] = { from = list[node.first].line, to = list[node.last].line, body = node[1] }
  end
  for _, part in ipairs(node) do functions_of(part, list, found) end
  return found
end

local function statement_lines(node, list, lines)
  if node.type == "statement" then lines[list[node.first].line] = lines[list[node.first].line] or false end
  for _, part in ipairs(node) do statement_lines(part, list, lines) end
end

local CLOSING = { ["end"] = true, ["else"] = true, [")"] = true, ["}"] = true, ["]"] = true, [","] = true, [";"] = true }

--- Lines that hold something else than what closes: line → true. An `end` that nothing reaches is no gap.
local function telling_lines(list)
  local lines = {}
  for _, token in ipairs(list) do
    if not CLOSING[token.text] then lines[token.line] = true end
  end
  return lines
end

--- How much of a rule file its cases reach. Lines are those of functions; of a function that is never called, those in which a
--- statement begins.
---@param opened table
---@param covered table {lines = line → whether it was run, functions = list of {from, to}} as engine.cover gives it
---@param checks table
---@return table {lines, hit, missed = list of numbers, checks, seen}
function coverage.of_file(opened, covered, checks)
  local block, list = tree.parse(opened.rule_text)
  local called, lines, telling = {}, {}, telling_lines(list)
  for _, one in ipairs(covered.functions) do called[("%d %d"):format(one.from, one.to)] = true end
  for line, hit in pairs(covered.lines) do
    if telling[line] then lines[line] = hit end
  end
  for _, one in ipairs(functions_of(block, list, {})) do
    if not called[("%d %d"):format(one.from, one.to)] then statement_lines(one.body, list, lines) end
  end
  local result = { lines = 0, hit = 0, missed = engine.list {}, checks = checks.checks, seen = checks.seen }
  for line, hit in pairs(lines) do
    result.lines = result.lines + 1
    if hit then result.hit = result.hit + 1 else table.insert(result.missed, line) end
  end
  return result
end

return coverage
