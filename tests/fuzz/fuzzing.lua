-- For the fuzz targets of rules (fuzz_rule.c) and selectors (fuzz_select.c). Loads a rule text, judges it on a small bundle, and looks
-- whether it left anything behind that another rule could see. Chooses requirements, and looks whether these are what was asked for.

local judge = require "judge"
local params = require "params"
local rule = require "rule"
local score = require "score"
local selection = require "selection"

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

-- ---- selectors ----

local ORDER = { "4.1", "6.1.2", "6.2", "7.5.3", "10.1", "10.2", "A.5.1", "A.5.9", "A.5.10", "A.5.18", "A.8.34", "ACME.1" }

--- The plainest way to say what a glob is; ids hold no `/`.
local function matches(glob, i, id, j)
  local c = glob:sub(i, i)
  if c == "" then return j > #id end
  if c == "*" then return matches(glob, i + 1, id, j) or (j <= #id and matches(glob, i, id, j + 1)) end
  return j <= #id and (c == "?" or c == id:sub(j, j)) and matches(glob, i + 1, id, j + 1)
end

local function wrong_choice(globs, chosen, missed)
  local count = {}
  for _, miss in ipairs(missed) do
    count[miss.glob] = (count[miss.glob] or 0) + 1
    if type(miss.help) ~= "string" or miss.help == "" then return "no help" end
  end
  for _, glob in ipairs(globs) do
    local alone, none = selection.choose({ glob }, ORDER)
    if (next(alone) == nil) ~= (#none == 1) or (#none == 1) ~= (count[glob] ~= nil) then return "missed: " .. glob end
    for _, id in ipairs(ORDER) do
      if alone[id] and not chosen[id] then return ("%s is lost beside others"):format(id) end
      if glob == id and not alone[id] then return id .. " does not choose itself" end
      if not glob:find("[*?]") and alone[id] and glob ~= id then return ("%s chooses %s"):format(glob, id) end
      if #glob <= 16 and not glob:find("/", 1, true) and (alone[id] == true) ~= matches(glob, 1, id, 1) then return ("%s and %s"):format(glob, id) end
    end
  end
  for id in pairs(chosen) do
    local one = false
    for _, glob in ipairs(globs) do one = one or selection.choose({ glob }, ORDER)[id] == true end
    if not one then return id .. " is chosen by none" end
  end
end

---@param argument table {select = selectors}
---@return table {wrong = what does not hold}
function fuzzing.select(argument)
  local chosen, missed = selection.choose(argument.select, ORDER)
  if #argument.select == 0 then return { wrong = (chosen ~= nil or #missed > 0) and "nothing chooses something" or nil } end
  return { wrong = wrong_choice(argument.select, chosen, missed) }
end

return fuzzing
