-- Runs one case of a rule test and holds the result against what is expected.

local bench = require "testing_bench"
local judge = require "judge"
local params = require "params"
local score = require "score"
local show = require "show"

local case = {}

local STATUSES = { "pass", "fail", "unknown", "n_a", "error" }
local ALL_STATUSES = { "effective", "partially_effective", "ineffective", "insufficient_evidence", "exception", "not_applicable", "error" }
local EXPECTED = { "passes", "status", "keys", "message", "messages", "population", "tested", "failed", "reason", "excepted" }

local MOST_DETAILS = 5

local wrong, did_you_mean = bench.wrong, bench.did_you_mean

local function one_of(word, list)
  for _, known in ipairs(list) do
    if known == word then return true end
  end
  return false
end

local function typed(rule, name, raw)
  local spec = rule.params[name]
  if spec == nil then
    local names = {}
    for known in pairs(rule.params) do names[#names + 1] = known end
    wrong("the rule has no param `%s`%s", tostring(name), did_you_mean(name, names))
  end
  local value, problem = params.typed(spec, raw)
  if value == nil then wrong("param %s %s", name, problem) end
  return value
end

local function param_values(rule, given)
  local values = params.defaults(rule)
  for name, raw in pairs(given or {}) do values[name] = typed(rule, name, raw) end
  return values
end

local function results_of(given)
  local found = {}
  for id, result in pairs(given or {}) do
    if type(result) ~= "table" or not one_of(result.status, score.STATUSES) then
      wrong("results: %s needs a status, one of %s", tostring(id), table.concat(score.STATUSES, ", "))
    end
    found[id] = { id = id, status = result.status, score = result.score, credit = result.credit or score.credit(result.status, result.score) }
  end
  return found
end

local function risks_of(given)
  local found = {}
  for id, risk in pairs(given or {}) do
    if type(risk) ~= "table" then risk = { residual = risk } end
    local made = { id = id }
    for _, side in ipairs { "inherent", "residual" } do
      local value = risk[side]
      if type(value) == "number" then value = { score = value } end
      made[side] = value
    end
    found[id] = made
  end
  return found
end

--- The lines of a traceback that lie in the rule itself.
local function own_lines(traceback)
  local kept = ""
  for line in tostring(traceback):gmatch("[^\n]+") do
    if line:find("judge_check.lua", 1, true) then break end
    if line:find("%.lua:%d+") then kept = kept .. " <- " .. line:gsub("^%s+", "") end
  end
  return kept
end

--- For kinds without key: the number of a finding's record in its list.
local function position(finding)
  return finding.key == nil and finding.document == finding.kind and finding.line or nil
end

--- Runs a rule on the records of a case. Everything that is wrong with the case itself is an error.
---@param rule table
---@param shared table the bench of the file
---@param spec table
---@return table requirement result
function case.run(rule, shared, spec)
  local model, test = bench.model(shared, spec), shared.test
  spec.errors = nil
  local setting = {
    params = param_values(rule, spec.params), results = results_of(spec.results or test.results), risks = risks_of(spec.risks or test.risks),
    report = function(check, text, traceback)
      spec.errors = spec.errors or {}
      spec.errors[check and check.name or ""] = text .. own_lines(traceback)
    end,
  }
  local diagnostics, result = engine.with_model(model, function()
    local judged = score.requirement(judge.rule(rule, setting))
    judged.kind = judged.kind or (rule.id:find("^%d") and "clause" or "control")
    return judged
  end)
  local faults = bench.faults(diagnostics)
  if #faults > 0 then wrong("%s", table.concat(faults, "; ")) end
  if result == nil then wrong("the records make no model") end
  result.values = setting.params
  return result
end

local function finding_keys(check)
  local keys = {}
  for i, finding in ipairs(check.findings) do
    local key = finding.key
    if key == nil then key = position(finding) end
    keys[i] = key == nil and "the whole" or tostring(key)
  end
  return keys
end

local function shown(status, keys, check)
  local text = status
  if #keys > 0 then text = text .. " { " .. table.concat(keys, ", ") .. " }" end
  if check ~= nil and check.reason ~= nil then text = text .. " (" .. check.reason .. ")" end
  return text
end

--- Whether a text is as expected: exactly, or, where "..." (or "…") stands in it, with anything in its place.
local function fits(expected, got)
  if got == nil then return false end
  if expected == got then return true end
  expected = expected:gsub("…", "...")
  if not expected:find("...", 1, true) then return false end
  local pattern = expected:gsub("%W", "%%%0"):gsub("%%%.%%%.%%%.", ".*")
  return got:find("^" .. pattern .. "$") ~= nil
end

--- The findings that came, with the values that they rest on: list of {text, values = texts}.
local function details(check, keys)
  local list = {}
  for i, finding in ipairs(check.findings) do
    local values = engine.list {}
    for field, value in pairs(finding.values or {}) do values[#values + 1] = field .. " = " .. value end
    list[#list + 1] = { text = ("%s: %s"):format(keys[i], finding.message), values = values }
    if i == MOST_DETAILS and #check.findings > i then
      list[#list + 1] = { text = ("… and %d more"):format(#check.findings - i), values = engine.list {} }
      break
    end
  end
  return engine.list(list)
end

local function compare(name, expected, check, problems)
  local keys = finding_keys(check)
  local function differs(what, want, got)
    problems[#problems + 1] = {
      what = name .. ": " .. what, expected = tostring(want), got = tostring(got), check = name, findings = details(check, keys),
    }
  end
  if type(expected) == "string" then
    if not one_of(expected, STATUSES) then wrong("expect.%s: `%s` is no status%s", name, expected, did_you_mean(expected, STATUSES)) end
    if check.status ~= expected then differs("status", expected, shown(check.status, keys, check)) end
    return
  end
  if type(expected) ~= "table" then wrong("expect.%s must be a status or a table", name) end
  local want_keys, plain = {}, nil
  for key, item in pairs(expected) do
    if type(key) == "number" then
      want_keys[#want_keys + 1] = tostring(item)
    elseif not one_of(key, EXPECTED) then
      wrong("expect.%s: unknown key `%s`%s", name, tostring(key), did_you_mean(key, EXPECTED))
    end
  end
  if #want_keys > 0 and one_of(want_keys[1], STATUSES) and #want_keys == 1 and expected.keys ~= nil then plain, want_keys = want_keys[1], {} end
  for _, key in ipairs(expected.keys or {}) do want_keys[#want_keys + 1] = tostring(key) end
  local status = expected.status or plain or (expected.passes and "pass" or "fail")
  if check.status ~= status then
    differs("status", shown(status, want_keys), shown(check.status, keys, check))
    return
  end
  if #want_keys > 0 and table.concat(want_keys, "\0") ~= table.concat(keys, "\0") then
    differs("keys", table.concat(want_keys, ", "), table.concat(keys, ", "))
  end
  local messages = expected.messages or {}
  if expected.message ~= nil then messages = { expected.message } end
  for i, want in ipairs(messages) do
    local got = check.findings[i] and check.findings[i].message
    if not fits(want, got) then differs("message " .. i, want, got) end
  end
  for _, figure in ipairs { "population", "tested", "failed", "excepted" } do
    local got = check[figure] or 0
    if expected[figure] ~= nil and expected[figure] ~= got then differs(figure, expected[figure], got) end
  end
  if expected.reason ~= nil and not fits(expected.reason, check.reason) then differs("reason", expected.reason, check.reason) end
end

--- Params as the rule sees them in this case.
local function compare_params(rule, expected, values, problems)
  if type(expected) ~= "table" then wrong("expect.params must be a table, such as { revoke_within = \"1 d\" }") end
  for name, raw in pairs(expected) do
    local want = typed(rule, name, raw)
    if show.text(want) ~= show.text(values[name]) then
      problems[#problems + 1] = { what = "param " .. name, key = name, expected = show.text(want), got = show.text(values[name]) }
    end
  end
end

local function by_name(result)
  local found, names = {}, {}
  for _, check in ipairs(result.checks) do
    found[check.name] = check
    names[#names + 1] = check.name
  end
  return found, names
end

--- Holds a result against `expect`. Gives the problems, and marks in `seen` which check was expected to come out how.
---@param rule table
---@param result table
---@param spec table the case
---@param seen table check → status → true
---@return table[] problems
function case.compare(rule, result, spec, seen)
  local problems, expect = {}, spec.expect
  local checks, names = by_name(result)
  if #result.checks == 0 and result.status == "error" then
    return { { what = "the rule ended in an error: " .. tostring(result.reason), got = spec.errors and spec.errors[""] } }
  end
  if type(expect) == "string" then
    local all = {}
    for _, check in ipairs(rule.checks) do all[check.name] = expect end
    expect = all
  end
  for name, expected in pairs(expect) do
    if name == "status" then
      if not one_of(expected, ALL_STATUSES) then wrong("expect.status: `%s` is no status%s", tostring(expected), did_you_mean(expected, ALL_STATUSES)) end
      if result.status ~= expected then
        problems[#problems + 1] = { what = "status of the requirement", key = "status", expected = expected, got = ("%s (%s)"):format(result.status, tostring(result.reason)) }
      end
    elseif name == "params" then
      compare_params(rule, expected, result.values, problems)
    elseif name == "score" then
      if result.score ~= expected then
        problems[#problems + 1] = {
          what = "score of the requirement", key = "score", expected = engine.to_text(expected),
          got = result.score and engine.to_text(result.score) or "none",
        }
      end
    else
      local check = checks[name]
      if check == nil then wrong("the rule has no check `%s`%s", tostring(name), did_you_mean(name, names)) end
      local before = #problems
      compare(name, expected, check, problems)
      if check.status == "error" and #problems > before then problems[#problems].got = spec.errors and spec.errors[name] or problems[#problems].got end
      if #problems == before then
        seen[name] = seen[name] or {}
        seen[name][check.status] = true
      end
    end
  end
  return problems
end

return case
