-- The beginning of a test for a rule that has none: sample records made from its kinds, and what becomes of each check with them and
-- without any evidence, found out by judging them. So the test passes, and says what is still to be shown.

local case = require "testing_case"
local testing_bench = require "testing_bench"

local scaffold_test = {}

local AS_OF, DAY, LONG_AGO, MOMENT = "2026-06-30", "2026-06-01", "2020-01-01", "2026-06-01T09:00:00Z"
local CALM = { "active", "approved", "published", "done", "completed", "implemented", "passed", "employee" }
local LATER = { "end", "expir", "retire", "left", "disabled", "revoked", "lost", "cancel", "terminat", "withdrawn", "returned" }

local function calm_word(words)
  for _, calm in ipairs(CALM) do
    for _, word in ipairs(words or {}) do
      if word == calm then return word end
    end
  end
  return (words or {})[1]
end

local function ends(name)
  for _, part in ipairs(LATER) do
    if name:find(part, 1, true) then return true end
  end
  return false
end

local function begins(name)
  return name:find("^start") ~= nil or name:find("^first") ~= nil or name:find("^created") ~= nil
end

local function scalar(kind, field, type_of, needs)
  if type_of == "ref" then
    local target = engine.kind(field.target)
    local there = needs[field.target] and target ~= nil and target.key ~= nil
    return (there or field.required) and field.target .. "-1" or nil
  elseif type_of == "enum" then return calm_word(field.words)
  elseif type_of == "date" then return begins(field.name) and LONG_AGO or DAY
  elseif type_of == "time" then return MOMENT
  elseif type_of == "duration" then return "30 d"
  elseif type_of == "boolean" then return true
  elseif type_of == "integer" or type_of == "number" then return 1
  elseif type_of == "percent" then return 100 end
  return field.name == kind.key and kind.name .. "-1" or ("sample %s"):format((field.name:gsub("_", " ")))
end

--- A sample record: what is required, and what the rule names.
local function sample(kind, names, needs)
  local record, order = {}, {}
  for _, field in ipairs(kind.fields) do
    local wanted = field.required or field.name == kind.key or names[field.name] or (field.record_name ~= nil and names[field.record_name])
    if wanted and (field.required or not ends(field.name)) then
      local value = scalar(kind, field, field.type == "list" and field.item or field.type, needs)
      if value ~= nil then
        record[field.name] = field.type == "list" and { value } or value
        order[#order + 1] = field.name
      end
    end
  end
  return record, order
end

local function literal(value)
  if type(value) == "table" then return "{ " .. literal(value[1]) .. " }" end
  return type(value) == "string" and ('"%s"'):format(value:gsub('[\\"]', "\\%0")) or tostring(value)
end

local function written(record, order)
  local lines, line = {}, "     "
  for i, name in ipairs(order) do
    local piece = (" %s = %s,"):format(name, literal(record[name]))
    if i > 1 and #line + #piece > 118 then
      lines[#lines + 1] = line
      line = "       "
    end
    line = line .. piece
  end
  lines[#lines + 1] = line
  local text = table.concat(lines, "\n")
  return "      {" .. text:sub(6, -2) .. " },\n"
end

local function names_in(text)
  local names = {}
  for word in text:gmatch("[%a_][%w_]*") do names[word] = true end
  return names
end

local function statuses(rule, records, without)
  local bench = testing_bench.new("sample", nil, { as_of = AS_OF, baseline = records })
  local ok, result = engine.try(case.run, rule, bench, { without = without })
  if not ok then return nil end
  local found = {}
  for _, check in ipairs(result.checks) do found[check.name] = check.status end
  return found
end

local function list_of(map, names, form)
  local lines = {}
  for _, name in ipairs(names) do
    if map[name] ~= nil then lines[#lines + 1] = form:format(name, map[name]) end
  end
  return table.concat(lines)
end

local function missing(seen)
  local left = {}
  for _, status in ipairs { "pass", "fail", "unknown" } do
    if not seen[status] then left[#left + 1] = ('"%s"'):format(status) end
  end
  return #left > 0 and table.concat(left, ", ") or nil
end

--- What the template `test.lua` needs for a rule.
---@param rule table
---@param text string of the rule's file
---@return table<string, string>
function scaffold_test.values(rule, text)
  local names, needs, records, parts, required = names_in(text), {}, {}, {}, {}
  for _, entry in ipairs(rule.needs) do needs[(entry:gsub("%?$", ""))] = true end
  for _, entry in ipairs(rule.needs) do
    local name = entry:gsub("%?$", "")
    local kind = name ~= "organization" and engine.kind(name) or nil
    if kind ~= nil then
      local record, order = sample(kind, names, needs)
      records[name] = { record }
      parts[#parts + 1] = ("    %s = {\n%s    },\n"):format(name, written(record, order))
      if entry == name then required[#required + 1] = name end
    end
  end
  local with, none = statuses(rule, records, nil), statuses(rule, records, required)
  if with == nil or none == nil then -- no sample fits: the test begins without records
    parts, required = {}, {}
    with, none = statuses(rule, {}, nil) or {}, {}
  end
  local checks, at_baseline, unsupplied, unreachable, without = {}, {}, {}, {}, {}
  for i, check in ipairs(rule.checks) do
    local name = check.name
    checks[i] = name
    if with[name] ~= nil and with[name] ~= "pass" then at_baseline[name] = with[name] end
    unsupplied[name] = none[name]
    unreachable[name] = missing { [with[name] or ""] = true, [none[name] or ""] = true }
  end
  for i, name in ipairs(required) do without[i] = ('"%s"'):format(name) end
  local function block(head, map, form, tail)
    local lines = list_of(map, checks, form)
    return lines ~= "" and head .. lines .. tail or ""
  end
  return {
    RECORDS = table.concat(parts),
    AT_BASELINE = block("  at_baseline = {\n", at_baseline, '    %s = "%s",\n', "  },\n"),
    CASES = #required > 0 and block(("  case \"nothing is supplied\" {\n    without = { %s },\n    expect = {\n"):format(table.concat(without, ", ")),
      unsupplied, '      %s = "%s",\n', "    },\n  },\n") or "",
    UNREACHABLE = block("  unreachable = {\n", unreachable, '    %s = { %s, reason = "no case shows it yet" },\n', "  },\n"),
  }
end

return scaffold_test
