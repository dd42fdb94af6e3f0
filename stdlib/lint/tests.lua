-- What the tests of a rule leave out, told from their text alone: rules without a test, checks that no case names, and dates and limits
-- on both sides of which nothing lies. What runs is for `assay test --coverage` and `--mutate` to say.

local file_of = require "lint.file"
local packs = require "packs"

local tests = {}

local DAY = 86400

--- The names of checks that a test file expects something of.
local function expected(file, found)
  local names = {}
  local function keys_of(entry)
    local value = file_of.value(entry)
    for _, one in ipairs(value ~= nil and value.type == "table" and value or {}) do
      if one.name ~= nil then names[one.name] = true end
    end
  end
  local entries = file_of.entries(found.spec)
  keys_of(entries.at_baseline)
  keys_of(entries.unreachable)
  for _, case in ipairs(file:parts(found.spec, "case")) do keys_of(case.entries.expect) end
  return names
end

--- Days of all dates that a test writes, and the durations that its cases set for each param.
local function dates_of(file)
  local days, seen = {}, {}
  for _, text in ipairs(file.texts) do
    local date = text.value:match("^(%d%d%d%d%-%d%d%-%d%d)")
    local time = date ~= nil and engine.time(text.value) or nil
    if time ~= nil and not seen[text.value] then
      seen[text.value] = true
      days[#days + 1] = (time - engine.time("2000-01-01")).seconds / DAY
    end
  end
  table.sort(days)
  return days
end

--- Param values that the test file sets: name → list of days.
local function given(file)
  local found = {}
  for _, text in ipairs(file.texts) do
    local entry = text.up
    local holder = entry.type == "entry" and entry.name ~= nil and entry.up.up or nil
    if holder ~= nil and holder.type == "entry" and holder.name == "params" then
      local duration = engine.duration(text.value)
      if duration ~= nil then
        found[entry.name] = found[entry.name] or {}
        table.insert(found[entry.name], duration.seconds / DAY)
      end
    end
  end
  return found
end

--- Whether two dates of the test lie so far apart that the limit is just kept, and two that it is just passed: within a day, or a
--- tenth of the limit.
local function touched(days, limit)
  local near = math.max(1, limit / 10)
  local kept, passed = false, false
  for i = 1, #days do
    for j = i, #days do
      local apart = days[j] - days[i]
      if apart > limit + near then break end
      if apart <= limit and apart >= limit - near then kept = true end
      if apart > limit then passed = true end
    end
  end
  return kept, passed
end

local function check_limits(rule_file, found, test_file)
  local params = file_of.value(file_of.entries(found.spec).params)
  if params == nil or params.type ~= "table" then return end
  local mine = packs.rule(found.id)
  local days, set = dates_of(test_file), given(test_file)
  for _, entry in ipairs(params) do
    local spec = file_of.value(entry)
    local parts = spec ~= nil and spec.type == "table" and file_of.entries(spec) or {}
    local default = file_of.value(parts.default)
    local duration = parts.unit == nil and default ~= nil and default.type == "text" and engine.duration(default.value) or nil
    -- what a tailoring changes is for the test of the rule to show
    local own = found.word == "rule" or mine == nil or mine.declared == nil or mine.declared[entry.name] ~= "rule" and parts.meaning ~= nil
    if entry.name ~= nil and duration ~= nil and own then
      local limits = { duration.seconds / DAY }
      for _, other in ipairs(set[entry.name] or {}) do limits[#limits + 1] = other end
      local kept, passed = false, false
      for _, limit in ipairs(limits) do
        local one, two = touched(days, limit)
        kept, passed = kept or one, passed or two
      end
      if not (kept and passed) then
        local side = not kept and not passed and "near it" or kept and "just beyond it" or "just within it"
        rule_file:report("N0845", entry, ("no two dates of the test lie as far apart as `%s` (%s), %s"):format(entry.name, default.value, side),
          "add cases whose dates keep and pass the limit by a day; `assay test --mutate` tells whether that matters")
      end
    end
  end
end

--- Dates written into the rule itself.
local function check_dates(rule_file, test_file)
  local days = dates_of(test_file)
  for _, call in ipairs(rule_file.calls) do
    if rule_file:global(call[1]) == "date" and call[2] ~= nil and call[2].type == "text" then
      local time = engine.time(call[2].value)
      if time ~= nil then
        local day, before, after = (time - engine.time("2000-01-01")).seconds / DAY, false, false
        for _, other in ipairs(days) do
          before, after = before or other < day, after or other >= day
        end
        if not (before and after) then
          rule_file:report("W0846", call[2], ("no date of the test lies %s %s"):format(before and "on or after" or "before", call[2].value),
            "add a case with such an `as_of` or record")
        end
      end
    end
  end
end

--- Looks at what the test beside a rule leaves out.
---@param file table lint.file of the rule
---@param found table file:rule()
---@param checks table[] its checks
---@param test table|nil lint.file of the test; nil where there is none
function tests.check(file, found, checks, test)
  local mine = test ~= nil and test:rule() or nil
  if mine == nil then
    if test == nil and (#checks > 0 or found.word == "rule") then
      file:report("W0843", found.call, ("no test stands beside the rule: %s"):format((file.path:gsub("^.*/", ""):gsub("%.lua$", "_test.lua"))),
        ("`assay new test %s` begins one"):format(found.id))
    end
    return
  end
  local named = expected(test, mine)
  for _, check in ipairs(checks) do
    if not named[check.name] then
      file:report("W0844", check.call, ("no case of the test expects anything of `%s`"):format(check.name),
        "show with a case how it fails, and how it lacks evidence")
    end
  end
  check_limits(file, found, test)
  check_dates(file, test)
end

return tests
