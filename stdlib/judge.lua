-- Judges one requirement: whether it applies, then each of its checks. What the results amount to (status, score, grades)
-- is worked out by score.lua.

local blame = require "blame"
local exceptions = require "exceptions"
local gaps = require "gaps"
local here = require "context"
local judge_check = require "judge_check"
local judge_fit = require "judge_fit"
local show = require "show"

local judge = {}

--- Kinds of `needs`: kind → "required" or "optional", and the plain names.
---@param list string[]
---@return table<string, string>
---@return string[]
function judge.needs(list)
  local needs, names = {}, {}
  for _, entry in ipairs(list) do
    local kind = entry:gsub("%?$", "")
    needs[kind] = entry:sub(-1) == "?" and "optional" or "required"
    names[#names + 1] = kind
  end
  return needs, names
end

local function missing_kinds(isms, needs)
  local missing = {}
  for kind in pairs(needs) do
    if kind == "organization" then
      if isms.organization == nil then missing[kind] = true end
    elseif not isms[kind].supplied then
      missing[kind] = true
    end
  end
  return missing
end

--- Why the Statement of Applicability leaves a requirement out, or nil.
local function excluded(isms, id)
  if not engine.has_kind("soa") then return nil end
  local reason
  for row in isms.soa:where { control = id } :each() do
    if row.applicable ~= false then return nil end
    reason = reason or "the Statement of Applicability excludes it: " .. show.text(row.justification)
  end
  return reason
end

local function not_applicable(rule, reason)
  local checks = {}
  for i, check in ipairs(rule.checks) do
    checks[i] = {
      name = check.name, question = check.question, status = "n_a", reason = reason, severity = check.severity, tests = check.tests,
      weight = check.weight, population = 0, tested = 0, failed = 0, findings = {}, remedy = check.remedy,
    }
  end
  return { status = "not_applicable", reason = reason, checks = checks }
end

local function judged(rule, isms, setting)
  local reason = excluded(isms, rule.id)
  if reason ~= nil then return not_applicable(rule, reason) end
  local excused = exceptions.of(isms, rule.id)
  local needs, names = judge.needs(rule.needs)
  local missing = missing_kinds(isms, needs)
  engine.needs(names)
  here.enter {
    isms = missing.organization and gaps.view(isms, {}) or isms, as_of = isms.as_of, params = setting.params, rule = rule.id,
    needs = needs, missing = missing, results = setting.results, risks = setting.risks,
  }
  if rule.applies_when ~= nil and not rule.applies_when(here.isms, here.params) then
    return not_applicable(rule, "the organisation has nothing that it is about")
  end
  local checks, run = {}, setting.run or judge_check.run
  for i, check in ipairs(rule.checks) do checks[i] = run(check, excused, setting.report) end
  return { checks = checks }
end

--- Judges a rule against the bundle that is shown. Leaves no trace, whatever the rule's code does.
---@param rule table
---@param setting table {params = values, results = by id, risks = by id, report = told of errors in checks, run = instead of
--- judge_check.run}
---@return table result {id, checks, status and reason where they are settled}
function judge.rule(rule, setting)
  engine.needs(nil)
  local ok, result, traceback = engine.try(judged, rule, engine.isms(), setting)
  engine.needs(nil)
  engine.watch(nil)
  here.leave()
  if not ok then
    if setting.report ~= nil then setting.report(nil, result, traceback) end
    result = { status = "error", reason = show.cut(tostring(result), 4096), checks = {} }
  end
  result.id = rule.id
  return result
end

--- Results and risks by id, also where they come as lists.
---@param list table|nil
---@return table
function judge.by_id(list)
  local found = {}
  for key, entry in pairs(list or {}) do found[type(key) == "number" and entry.id or key] = entry end
  return found
end

--- For the engine: judges a loaded rule.
---@param argument table {rule = id, results = …, risks = …}
---@return table requirement result
function judge.run(argument)
  local packs, score = require "packs", require "score"
  local entry = packs.rule(argument.rule)
  if entry == nil then error(("there is no rule %s"):format(tostring(argument.rule))) end
  local result
  if entry.rule == nil then
    result = { id = argument.rule, status = "error", reason = entry.broken, checks = {} }
  else
    result = judge.rule(entry.rule, {
      params = entry.params, results = judge.by_id(argument.results), risks = judge.by_id(argument.risks),
      report = function(check, text, traceback)
        local at = blame.of(text, traceback)
        local file = at.file ~= nil and entry.sources ~= nil and entry.sources[at.file] or nil
        engine.diag {
          code = "E0610", severity = "error", document = file ~= nil and at.file or entry.path, line = at.line, help = at.help,
          source = file ~= nil and at.line ~= nil and blame.line(file.text, at.line) or nil,
          message = ("%s%s: %s"):format(argument.rule, check and ", check " .. check.name or "", at.message),
        }
      end,
    })
  end
  if not judge_fit.shorten(result.checks) then
    result = { id = argument.rule, status = "error", reason = "its result is too large", checks = {} }
    engine.diag {
      code = "E0626", severity = "error", document = entry.path, message = ("%s could not be judged: its result is too large"):format(argument.rule),
    }
  end
  result.params = entry.texts
  result.rule = { pack = entry.pack, path = entry.path, sha256 = entry.sha256 }
  return score.requirement(result)
end

return judge
