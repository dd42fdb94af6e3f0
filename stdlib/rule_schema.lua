-- The closed form of rules and checks: which keys there are, of which types, and what is wrong with a table that somebody wrote.
-- All that is wrong is reported, each with its line where that can be told. What the names mean to each other (params, fields,
-- messages) is checked in rule_names.lua.

local params = require "params"

local schema = {}

local TESTS = { "design", "operation" }
local SEVERITIES = { "major", "minor", "observation" }
local LONGEST = 4096 -- bytes of a text

local EMPTY = { "not_applicable", "lacks_evidence", "fails" }

--- A form: key → {type, required, words}. Types: text, texts, func, number, any.
local RULE = {
  title = { "text", true }, intent = { "text", true }, needs = { "list", true }, params = { "table" }, applies_when = { "func" },
}
local EXTENSION = { needs = { "list" }, params = { "table" } }
local CHECK = {
  question = { "text", true }, tests = { "word", true, TESTS }, severity = { "word", true, SEVERITIES }, weight = { "weight", true },
  applies_when = { "func" }, fresh = { "table" }, over = { "over" }, expect = { "conditions" }, holds = { "conditions" },
  at_least = { "share" }, empty = { "empty" }, missing = { "texts" }, messages = { "texts" }, message = { "text", true },
  remedy = { "text", true }, values = { "func" },
}
local PARAM = { default = { "any", true }, unit = { "text" }, meaning = { "text", true } }
local PARAM_CHANGED = { default = { "any" }, unit = { "text" }, meaning = { "text" } }

--- The forms, for whoever tells of them: name of the class in stdlib/types/words.lua → key → {type, required, words}.
schema.FORMS = { rule_spec = RULE, extension_spec = EXTENSION, check_spec = CHECK, param_spec = PARAM, param_spec_change = PARAM_CHANGED }

local function names_of(form)
  local names = {}
  for name in pairs(form) do names[#names + 1] = name end
  return names
end

local function kind_of(value)
  return engine.is(value) or type(value)
end

local function meant(word, words)
  local near = engine.suggest(tostring(word), words)
  return near and ("did you mean `%s`?"):format(near) or "one of: " .. table.concat(words, ", ")
end

--- What is wrong with the keys of a table, or nil: those that are tables or functions have no order, and nobody could go through them.
local function odd_keys(value)
  return not engine.try(next, value) and "has a key that is a table or a function" or nil
end

--- What is wrong with a list beyond its items, or nil: what is nil, such as a name that is misspelt, must not end it.
local function hole(value)
  local n = 0
  for _ in pairs(value) do n = n + 1 end
  for i = 1, n do
    if value[i] == nil then return ("is a list whose item %d is nil"):format(i) end
  end
  return nil
end

local types = {}

function types.any() return nil end

function types.text(value)
  if type(value) ~= "string" then return "must be a text, not a " .. kind_of(value) end
  if not value:find("%S") then return "is blank" end
  if #value > LONGEST then return ("is longer than %d bytes"):format(LONGEST) end
  return nil
end

function types.func(value)
  return type(value) ~= "function" and "must be a function, not a " .. kind_of(value) or nil
end

function types.table(value)
  if type(value) ~= "table" then return "must be a table, not a " .. kind_of(value) end
  return odd_keys(value)
end

function types.list(value)
  if type(value) ~= "table" then return "must be a list, not a " .. kind_of(value) end
  if odd_keys(value) then return odd_keys(value) end
  for key in pairs(value) do
    if type(key) ~= "number" then return ("must be a list; it has the name `%s`"):format(tostring(key)) end
  end
  if hole(value) then return hole(value) end
  for _, item in ipairs(value) do
    if type(item) ~= "string" then return "must hold texts; it holds a " .. kind_of(item) end
  end
  return nil
end

function types.word(value, words)
  for _, word in ipairs(words) do
    if word == value then return nil end
  end
  return ("is `%s`"):format(tostring(value)), meant(value, words)
end

function types.weight(value)
  if math.type(value) == "integer" and value >= 1 and value <= 5 then return nil end
  return ("is `%s`; it must be a whole number from 1 to 5"):format(tostring(value))
end

function types.conditions(value)
  if type(value) == "function" then return nil end
  if type(value) ~= "table" then return "must be a condition or a list of conditions, not a " .. kind_of(value) end
  if odd_keys(value) then return odd_keys(value) end
  if #value == 0 then return "holds no condition" end
  for key, item in pairs(value) do
    if type(key) ~= "number" then
      return ("must be a list of conditions; it has the name `%s`"):format(tostring(key)), 'to name a condition write says("name", condition)'
    end
    if type(item) ~= "function" then return ("must hold conditions; item %s is a %s"):format(tostring(key), kind_of(item)) end
  end
  return hole(value)
end

function types.over(value)
  local kind = type(value)
  if kind == "function" or kind == "string" then return nil end
  if kind == "table" and #value > 0 then return nil end
  return "must be a function, the name of a kind or a list of words, not " .. (kind == "table" and "an empty list" or "a " .. kind_of(value))
end

function types.share(value)
  if type(value) == "string" then return nil end
  if type(value) == "number" and value >= 0 and value <= 100 then return nil end
  return "must be a percentage from 0 to 100 or the name of a param"
end

function types.empty(value)
  if type(value) == "function" then return nil end
  return types.word(value, EMPTY)
end

function types.texts(value)
  if type(value) ~= "table" then return "must be a table of texts, not a " .. kind_of(value) end
  if odd_keys(value) then return odd_keys(value) end
  for key, text in pairs(value) do
    if type(key) ~= "string" then return "must give each text a name" end
    local problem = types.text(text)
    if problem ~= nil then return ("`%s` %s"):format(key, problem) end
  end
  return nil
end

local required = {} -- names that each form asks for

for _, form in ipairs { RULE, EXTENSION, CHECK, PARAM, PARAM_CHANGED } do
  required[form] = {}
  for name, field in pairs(form) do
    if field[2] then table.insert(required[form], name) end
  end
end

--- Checks a table against a form.
---@param report function report(code, key, message, help)
---@return boolean nameless whether it holds a value without a name
local function against(form, value, what, report)
  local nameless, odd = false, odd_keys(value)
  if odd then
    report("E0516", nil, what .. " " .. odd)
    return false
  end
  for key, item in pairs(value) do
    if type(key) == "string" then
      local field = form[key]
      if field == nil then
        local names = names_of(form)
        local near = engine.suggest(key, names)
        report("E0515", key, ("unknown key `%s` in %s"):format(key, what),
          near and ("did you mean `%s`?"):format(near) or "known keys: " .. table.concat(names, ", "))
      else
        local problem, help = types[field[1]](item, field[3])
        if problem ~= nil then report("E0516", key, ("`%s` of %s %s"):format(key, what, problem), help) end
      end
    else
      nameless = true
    end
  end
  for _, name in ipairs(required[form]) do
    if value[name] == nil then report("E0514", nil, ("%s has no `%s`"):format(what, name)) end
  end
  return nameless
end

local function check_needs(list, report)
  local seen = {}
  for _, entry in ipairs(type(list) == "table" and list or {}) do
    if type(entry) == "string" then
      local kind = entry:gsub("%?$", "")
      if not engine.has_kind(kind) then
        local near = engine.suggest(kind, engine.kinds())
        report("E0517", "needs", ("`needs` names an unknown kind `%s`"):format(kind), near and ("did you mean `%s`?"):format(near) or nil, entry)
      elseif seen[kind] then
        report("E0517", "needs", ("`needs` names `%s` twice"):format(kind), nil, entry)
      end
      seen[kind] = true
    end
  end
end

local function check_params(list, extension, report)
  for name, spec in pairs(type(list) == "table" and not odd_keys(list) and list or {}) do
    local what = "param " .. tostring(name)
    if type(name) ~= "string" or not name:find("^[a-z][a-z0-9_]*$") then
      report("E0516", "params", ("a param is named by a word such as `review_interval`, not by `%s`"):format(tostring(name)))
    elseif type(spec) ~= "table" then
      report("E0516", name, ("%s must be a table { default = …, meaning = … }, not a %s"):format(what, kind_of(spec)))
    else
      against(extension and PARAM_CHANGED or PARAM, spec, what, function(code, _, message, help) report(code, name, message, help) end)
      if spec.default ~= nil and not extension and (spec.unit == nil or type(spec.unit) == "string") then
        local typed, problem = params.typed(spec, spec.default)
        if typed == nil then
          report("E0516", name, ("the default of %s %s"):format(what, problem),
            spec.unit == nil and "a param without a unit is a duration; give it a `unit` where it is a number or a list" or nil)
        end
      end
    end
  end
end

--- What holds only between the keys of a check.
local function check_shape(spec, what, report)
  if spec.holds ~= nil and spec.expect ~= nil then
    report("E0516", "holds", what .. " has both `expect` and `holds`", "`expect` judges each member of `over`, `holds` judges the whole")
  elseif spec.holds == nil and spec.expect == nil then
    report("E0514", nil, what .. " has neither `expect` nor `holds`")
  end
  if spec.expect ~= nil and spec.over == nil then
    report("E0514", nil, what .. " has `expect` without `over`", "say with `over` what is judged, or use `holds` for a test on the whole")
  end
  if spec.at_least ~= nil and spec.holds ~= nil then
    report("E0516", "at_least", what .. " has `at_least`, but judges no members one by one")
  end
end

--- Checks the table of a check.
---@param check table {name, spec}
---@param report function report(code, key, message, help)
function schema.check(check, report)
  local what = "check " .. check.name
  if not check.name:find("^[a-z][a-z0-9_]*$") or check.name == "status" or check.name == "score" then
    report("E0516", nil, ("a check is named by words such as `leavers_revoked`, not by `%s`"):format(check.name))
  end
  if against(CHECK, check.spec, what, report) then report("E0515", nil, what .. " holds a value without a name") end
  check_shape(check.spec, what, report)
end

--- Checks the table of a rule or an extension, but for its checks.
---@param spec table
---@param extension boolean
---@param report function
function schema.rule(spec, extension, report)
  against(extension and EXTENSION or RULE, spec, extension and "the extension" or "the rule", report)
  check_needs(spec.needs, report)
  check_params(spec.params, extension, report)
end

return schema
