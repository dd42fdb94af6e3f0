-- `assay explain`: puts together what a rule tests, and, with a bundle, why it came out so or what became of one record. Finds out what
-- is asked for; what it says is gathered by explain_rule, explain_result and trace, and written by explain_text.

local catalog = require "catalog"
local explain_result = require "explain_result"
local explain_rule = require "explain_rule"
local explain_text = require "explain_text"
local judge = require "judge"
local packs = require "packs"
local trace = require "trace"

local explain = {}

local SCHEMA = "assay.explanation/1"
local LIMIT = 20

local function did_you_mean(word, list, otherwise)
  local near = engine.suggest(word, list)
  return near and ("did you mean `%s`?"):format(near) or otherwise
end

local function check_names(rule)
  local names = {}
  for i, check in ipairs(rule.checks) do names[i] = check.name end
  return names
end

local function problem(code, text, help)
  return { problem = text, help = help, exit = code }
end

--- What is wrong with the question, or nil: the requirement or the check is not there.
local function fault(ask)
  local id = ask.requirement
  if catalog.entry(id) == nil then
    if ask.bundle ~= nil and catalog.entry(ask.bundle) ~= nil then
      return problem(64, ("there is no requirement `%s`"):format(id), ("the requirement comes first: assay explain %s %s"):format(ask.bundle, id))
    end
    return problem(64, ("there is no requirement `%s`"):format(id), did_you_mean(id:upper(), catalog.order(), "`assay list requirements` shows them"))
  end
  local mine = packs.rule(id)
  if ask.check ~= nil then
    if mine == nil or mine.rule == nil then return problem(64, ("%s has no rule, hence no check `%s`"):format(id, ask.check), nil) end
    local names = check_names(mine.rule)
    for _, name in ipairs(names) do
      if name == ask.check then return nil end
    end
    return problem(64, ("%s has no check `%s`"):format(id, ask.check), did_you_mean(ask.check, names, "its checks: " .. table.concat(names, ", ")))
  end
  if ask.record ~= nil and (mine == nil or mine.rule == nil) then
    return problem(64, ("%s has no rule that could judge `%s`"):format(id, ask.record), nil)
  end
  return nil
end

local function start(ask)
  local data = explain_rule.describe(ask.requirement, ask.check)
  data.schema, data.check = SCHEMA, ask.check
  return data
end

--- For the engine: looks at the question before a bundle is read.
---@param ask table {requirement, check, record}
---@return table {problem, help, exit} or {}
function explain.known(ask)
  return fault(ask) or {}
end

--- For the engine: explains a rule without evidence.
---@param ask table {requirement, check, format, width, color}
---@return table {text} or {problem, help, exit}
function explain.rule(ask)
  local wrong = fault(ask)
  if wrong ~= nil then return wrong end
  local data = start(ask)
  local made = explain_text.render { data = data, format = ask.format, width = ask.width, color = ask.color }
  return { text = made.text, exit = data.broken ~= nil and 65 or nil }
end

local function result_of(list, id)
  for _, result in ipairs(list) do
    if result.id == id then return result end
  end
  return { id = id, status = "not_evaluated", reason = "it was not evaluated", checks = {} }
end

--- The evidence of the bundle beside what the rule needs.
local function add_evidence(data)
  engine.needs(nil)
  local isms = engine.isms()
  data.as_of = engine.to_text(isms.as_of)
  for _, need in ipairs(data.needs) do
    if need.kind == "organization" then
      need.supplied = isms.organization ~= nil
      need.records = need.supplied and 1 or 0
    else
      need.supplied, need.records = isms[need.kind].supplied, #isms[need.kind]
    end
  end
end

--- What the judge was given for this requirement.
local function setting_of(mine, asked)
  local setting = { params = mine.params, results = {}, risks = {} }
  if catalog.kind(mine.id) == "clause" then
    local controls = {}
    for _, result in ipairs(asked.results) do
      if catalog.kind(result.id) ~= "clause" then controls[#controls + 1] = result end
    end
    setting.results, setting.risks = judge.by_id(controls), judge.by_id(asked.risks and asked.risks.risks)
  end
  return setting
end

local function trace_of(check)
  local traced = { name = check.name, status = check.status, reason = check.reason, population = check.population, whole = check.whole,
    among = check.among, refer = check.refer, records = check.traces or engine.list {} }
  return traced
end

--- One record and every check that goes over it. Second: what is wrong with the question.
local function add_record(data, ask, asked)
  local mine, result = packs.rule(ask.requirement), result_of(asked.results, ask.requirement)
  local record = { asked = ask.record, checks = engine.list {} }
  local keys = {}
  if result.status == "error" and #result.checks == 0 then
    record.note = "the rule ended in an error, so nothing was judged: " .. (result.reason or "")
  else
    local judged
    judged, keys = trace.rule(mine.rule, setting_of(mine, asked), ask.record, ask.check)
    if judged.status ~= nil then record.note = judged.reason end
    for _, check in ipairs(judged.checks) do
      if not check.skipped then table.insert(record.checks, trace_of(check)) end
    end
  end
  record.found = trace.records(ask.record)
  local any = #record.found > 0
  for _, check in ipairs(record.checks) do any = any or #check.records > 0 or check.among == true end
  if not any then
    return problem(66, ("the bundle has no record `%s`"):format(ask.record),
      did_you_mean(ask.record, keys, "a record is named by its key, by kind and key (\"accounts acc-17\"), or by document and line (\"accounts.csv:17\")"))
  end
  local kinds = trace.kinds(mine.rule)
  for _, found in ipairs(record.found) do found.unread = not kinds[found.kind] or nil end
  data.record = record
  return nil
end

--- For the engine, as the last step of an evaluation: explains the result of a requirement.
---@param argument table {ask = {requirement, check, record, limit, bundle}, results = requirement results, risks = answer of risks.derive}
---@return table data for explain_text.render, or {problem, help, exit}
function explain.inquire(argument)
  local ask = argument.ask
  local wrong = fault(ask)
  if wrong ~= nil then return wrong end
  local data = start(ask)
  data.bundle = ask.bundle
  add_evidence(data)
  if ask.record ~= nil then
    return add_record(data, ask, argument) or data
  end
  local result = result_of(argument.results, ask.requirement)
  local by_name = {}
  for _, check in ipairs(result.checks) do by_name[check.name] = check end
  for _, check in ipairs(data.checks) do
    if by_name[check.name] ~= nil then check.result = explain_result.check(by_name[check.name], ask.limit or LIMIT) end
  end
  data.result = explain_result.verdict(result)
  if data.kind == "control" and ask.check == nil then
    data.risks = explain_result.risks(ask.requirement, argument.risks and argument.risks.risks)
  end
  return data
end

return explain
