-- For the fuzz target of rules (fuzz_rule.c): loads a rule text, judges it on a small bundle, and looks whether it left anything
-- behind that another rule could see.

local judge = require "judge"
local params = require "params"
local rule = require "rule"
local score = require "score"

local fuzzing = {}

local documents = {
  { kind = "people", path = "people.yaml", records = {
    { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
    { id = "bob", name = "Bob", kind = "employee", start_date = "2020-01-01", end_date = "2026-06-01" },
  } },
  { kind = "assets", path = "assets.yaml", records = {
    { id = "crm", name = "CRM", type = "software", status = "in_use", owner = "ann" },
    { id = "erp", name = "ERP", type = "software", status = "in_use" },
  } },
  { kind = "accounts", path = "accounts.yaml", records = {
    { id = "a1", system = "crm", username = "ann", person_id = "ann", status = "active", kind = "human" },
    { id = "a2", system = "crm", username = "bob", person_id = "bob", status = "active", kind = "human" },
    { id = "a3", system = "erp", username = "ghost", person_id = "nobody", status = "active", kind = "human" },
  } },
}

--- Every value that trusted modules and later rules rest on, by its path.
local function fingerprint()
  local found = {}
  local function note(path, t)
    for key, value in pairs(t) do
      found[path .. "." .. tostring(key)] = value
      if type(value) == "table" and path == "" then note("." .. tostring(key), value) end
    end
  end
  note("", { string = string, table = table, math = math, utf8 = utf8, engine = engine })
  local own = engine.env {}
  for _, name in ipairs { "string", "table", "math", "utf8", "re" } do
    for key, value in pairs(own[name]) do found["rule." .. name .. "." .. key] = type(value) end
  end
  return found
end

local before

local function changed()
  local now = fingerprint()
  for path, value in pairs(before) do
    if not rawequal(now[path], value) then return path end
  end
  for path in pairs(now) do
    if before[path] == nil then return path end
  end
  if ("x"):rep(3) ~= "xxx" or #"abc" ~= 3 then return "the metatable of texts" end
  local value = nil
  if (value).anything ~= nil then return "the metatable of nil" end
end

--- Loads every module, so that the process of a rule begins with all of them.
function fuzzing.ready()
  before = fingerprint()
  local ok = fuzzing.run { text = 'return rule "A.5.9" { title = "T", intent = "I", needs = { "assets", "people" }, check "one" { question = "Q?", '
    .. 'tests = "operation", severity = "major", weight = 1, over = "assets", expect = owned "owner", message = "{name} {why}", remedy = "r" } }' }
  if ok.status == nil then error("the first rule cannot be judged: " .. tostring(ok.refused)) end
  return {}
end

---@param argument table {text = a rule}
---@return table {refused | status, left = what it left behind}
function fuzzing.run(argument)
  local made, message = rule.load("pack/a_5_9_x.lua", argument.text, "pack/a_5_9_x.lua")
  local answer = { refused = message }
  if made ~= nil then
    local setting = { params = params.defaults(made), results = {}, risks = {} }
    local _, result = engine.with_model({ as_of = "2026-06-30", documents = documents }, function()
      return score.requirement(judge.rule(made, setting))
    end)
    answer.status = result.status
    answer.result = result
  end
  answer.left = changed()
  return answer
end

return fuzzing
