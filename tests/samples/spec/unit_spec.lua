-- The shipped rules against their specification, one to one. tests/cli/spec.bats lays this file and the specification into one
-- folder, since a test reads nothing outside the folders that it was given.

local packs = require "packs"

local SPEC = "build/spec"
local tests = {}

-- The specification of every requirement, by id.
local function specification()
  local all = {}
  for _, file in ipairs(engine.files(SPEC)) do
    if file:find("%.yaml$") then
      for id, spec in pairs(engine.yaml(engine.read(SPEC .. "/" .. file), file)) do all[id] = spec end
    end
  end
  return all
end

local function same(t, what, got, expected)
  if type(expected) == "table" then
    for key, value in pairs(expected) do same(t, what .. "." .. key, got and got[key], value) end
    for key in pairs(got or {}) do
      if expected[key] == nil then t.equal(what .. "." .. key .. " is not in the specification", nil) end
    end
  elseif tostring(got) ~= tostring(expected) then
    t.equal(what .. ": " .. tostring(got), what .. ": " .. tostring(expected))
  end
end

local function compare_check(t, id, check, spec)
  local what = id .. "/" .. check.name
  for _, field in ipairs { "question", "tests", "severity", "weight", "remedy", "message", "at_least" } do
    same(t, what .. "." .. field, check[field], spec[field])
  end
  if spec.empty == "not_applicable" or spec.empty == "lacks_evidence" or spec.empty == "fails" then
    -- A check on the whole says by itself what it means that there is nothing to look at.
    if check.over ~= nil then same(t, what .. ".empty", check.empty, spec.empty) end
  end
  -- Everything that is specified must be there; a rule may have further messages of its own.
  for _, field in ipairs { "missing", "messages" } do
    for key, text in pairs(spec[field] or {}) do same(t, what .. "." .. field .. "." .. key, (check[field] or {})[key], text) end
  end
end

local function compare_rule(t, id, rule, spec)
  same(t, id .. ".title", rule.title, spec.title)
  same(t, id .. ".intent", rule.intent, spec.intent)
  same(t, id .. ".needs", rule.needs, spec.needs)
  for name, param in pairs(spec.params) do
    local own = rule.params[name] or {}
    same(t, id .. "." .. name, { default = own.default, meaning = own.meaning, unit = own.unit },
      { default = param.default, meaning = param.meaning, unit = param.unit })
  end
  for name in pairs(rule.params) do
    if spec.params[name] == nil then t.equal(id .. "." .. name .. " is not in the specification", nil) end
  end
  local found = {}
  for _, check in ipairs(rule.checks) do
    found[check.name] = true
    if spec.checks[check.name] == nil then t.equal(id .. "/" .. check.name .. " is not in the specification", nil)
    else compare_check(t, id, check, spec.checks[check.name]) end
  end
  for name in pairs(spec.checks) do
    if not found[name] then t.equal(id .. "/" .. name .. " is missing", nil) end
  end
end

local all
for _, entry in ipairs(packs.load { paths = { { path = "rules/iso27001", trusted = true } } }.rules) do
  local made = packs.rule(entry.id).rule -- other tests load other packs
  tests["rule " .. entry.id] = function(t)
    all = all or specification()
    compare_rule(t, entry.id, made, all[entry.id])
  end
end

return tests
