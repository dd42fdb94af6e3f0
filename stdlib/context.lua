-- What is being judged right now. Judge, conditions and building blocks meet here: the judge enters a
-- rule and a check, the others read `here.isms`, `here.as_of`, `here.params` … and leave notes on evidence that
-- is not there. It judges nothing itself, and rule files never see it.

---@class here
---@field isms table      the view of the bundle that rules get
---@field as_of any       the moment for which everything is judged
---@field params table    values of the rule's params, as rules see them
---@field values table    the same, plain
---@field rule string     id of the requirement
---@field check string    name of the check
---@field needs table     kind → "required" or "optional"
---@field missing table   kinds of `needs` that the bundle does not supply: kind → true
---@field gaps boolean    whether `missing` holds anything
---@field results table   results of other requirements so far, by id
---@field risks table     derived risks, by id
---@field population any  what the check goes over, or false
---@field cache table     kept for the whole rule
---@field counts table    kept for the check
---@field thorough boolean   whether a required kind is missing: then conditions are tried to their ends
---@field noted table     kinds that the condition at hand read although they are not supplied
---@field noted_optional table  optional kinds for which the check leaves conditions out
---@field lacking table   required kinds that the check read although they are not supplied
---@field lack string|boolean  why the check lacks evidence, where a block found out
---@field slow boolean    true while a broken condition is looked at again to be explained
local params = require "params"

local here = {}

local fields = {
  "isms", "as_of", "params", "values", "rule", "check", "needs", "missing", "gaps", "thorough", "results", "risks", "population", "cache",
  "counts", "noted", "noted_optional", "lacking", "lack", "slow",
}

setmetatable(here, {
  __index = function(_, name)
    error("`" .. tostring(name) .. "` is not there: building blocks and conditions work only while a check is judged", 2)
  end,
})

--- Starts a rule: `bundle` is isms, results and risks are by id.
---@param rule table {isms=, as_of=, params=, rule=, needs=, missing=, results=, risks=}
function here.enter(rule)
  here.isms, here.as_of, here.rule = rule.isms, rule.as_of, rule.rule or ""
  here.values = rule.params or {}
  here.params = params.guard(here.values, here.rule)
  here.needs, here.missing = rule.needs or {}, rule.missing or {}
  here.gaps, here.thorough = next(here.missing) ~= nil, false
  for kind in pairs(here.missing) do
    if here.needs[kind] == "required" then here.thorough = true end
  end
  here.results, here.risks = rule.results or {}, rule.risks or {}
  here.cache = {}
  here.begin("")
end

--- Starts a check of the rule entered.
---@param name string
function here.begin(name)
  here.check, here.population, here.counts = name, false, {}
  here.noted, here.noted_optional, here.lacking, here.lack, here.slow = {}, {}, {}, false, false
end

--- Ends the rule: whatever asks from now on gets an error.
function here.leave()
  for _, name in ipairs(fields) do rawset(here, name, nil) end
end

--- Whether a rule is entered.
---@return boolean
function here.active()
  return rawget(here, "isms") ~= nil
end

--- The records of a kind that a block can do without: nil where the rule does not name the kind, or calls it optional
--- and the bundle lacks it. Where the rule requires it, reading it counts as it does anywhere else.
---@param kind string
---@return any collection
function here.reach(kind)
  local need = here.needs[kind]
  if need == nil or (need == "optional" and here.missing[kind]) then return nil end
  return here.isms[kind]
end

--- The value of a limit given as a param's name, as a text ("30 d"), as a value, or as a function of the member.
---@param limit any
---@param member any
---@return any
function here.limit(limit, member)
  local kind = type(limit)
  if kind == "string" then
    local value = here.values[limit]
    if value ~= nil then return value end
    value = engine.duration(limit)
    if value ~= nil then return value end
    return here.params[limit] -- the params complain, with a suggestion
  elseif kind == "function" then
    return limit(member, here.isms, here.params)
  end
  return limit
end

return here
