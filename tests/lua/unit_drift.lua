-- What is there, and what is told of it, are the same: the environment of rules, methods and fields of values, keys of words, and kinds are held
-- against the annotations in stdlib/types, in both directions. That docs/reference and the generated annotations are up to date is tested in
-- tests/cli/reference.bats.

local doc_comments = require "doc_comments"
local reference = require "reference"
local rules = require "rule"
local schema = require "rule_schema"

local tests = {}

local function names_in(map)
  local list = {}
  for name in pairs(map) do list[#list + 1] = name end
  table.sort(list)
  return list
end

--- What one has and the other has not, as a text; "" where both are the same.
local function difference(live, told)
  local out = {}
  for _, name in ipairs(names_in(live)) do
    if not told[name] then out[#out + 1] = "there, but not told: " .. name end
  end
  for _, name in ipairs(names_in(told)) do
    if not live[name] then out[#out + 1] = "told, but not there: " .. name end
  end
  return table.concat(out, "; ")
end

local LIBRARIES = { string = true, table = true, math = true, utf8 = true, re = true }

--- The names that rule files find: "rule", "within", "string.find"; and the building blocks, "checks.recent".
local function live_names()
  local found = {}
  for name, value in pairs((rules.environment())) do
    found[name] = true
    if LIBRARIES[name] then
      for member in pairs(value) do found[name .. "." .. member] = true end
    end
  end
  for _, name in ipairs(require("checks_all").about.names) do found["checks." .. name] = true end
  for _, name in ipairs { "test", "case", "absent" } do found[name] = true end -- of tests, not of rules
  return found
end

local function told_names()
  local found = {}
  for _, entry in ipairs(reference.entries()) do
    local library = entry.what == "class" and LIBRARIES[entry.name]
    if entry.group ~= "kinds" and (entry.call ~= nil or entry.what == "variable" or library) and entry.what ~= "method" then found[entry.name] = true end
    if library then
      for _, field in ipairs(entry.fields) do found[entry.name .. "." .. field.name] = true end
    end
  end
  return found
end

function tests.names_of_rule_files(t)
  t.equal(difference(live_names(), told_names()), "")
end

function tests.members_of_values(t)
  for _, what in ipairs { "isms", "collection", "time", "duration" } do
    local live, told = {}, {}
    for _, name in ipairs(engine.members(what)) do live[name] = true end
    for _, field in ipairs(reference.find(what).fields) do told[field.name] = true end
    for _, entry in ipairs(reference.entries()) do
      if entry.what == "method" and entry.item.owner == what then told[entry.item.name] = true end
    end
    t.equal(difference(live, told), "", what)
  end
end

function tests.keys_of_words(t)
  local classes = {}
  for _, item in ipairs(doc_comments.items(engine.read(engine.stdlib .. "/types/words.lua"))) do classes[item.name] = item end
  for class, form in pairs(schema.FORMS) do
    local live, told = {}, {}
    for key, field in pairs(form) do live[key .. (field[2] and "" or "?")] = true end
    for _, field in ipairs(classes[class].fields) do
      if field.name:sub(1, 1) ~= "[" then told[field.name .. (field.optional and "?" or "")] = true end
    end
    t.equal(difference(live, told), "", class)
  end
  for class, keys in pairs(require("testing_file").KEYS) do
    local live, told = {}, {}
    for _, key in ipairs(keys) do live[key] = true end
    for _, field in ipairs(classes[class].fields) do
      if field.name:sub(1, 1) ~= "[" then told[field.name] = true end
    end
    t.equal(difference(live, told), "", class)
  end
end

function tests.kinds(t)
  local live, told = {}, {}
  for _, name in ipairs(engine.kinds()) do
    for _, field in ipairs(engine.kind(name).fields) do live[name .. "." .. field.name] = true end
    for _, field in ipairs(reference.find(name).fields) do told[name .. "." .. field.name] = true end
  end
  t.equal(difference(live, told), "")
end

-- ---- the annotations as such ----

local BASIC = { any = true, ["nil"] = true, string = true, number = true, integer = true, boolean = true, table = true, ["function"] = true,
  self = true, userdata = true, fun = true }

local function type_files()
  local found = {}
  for _, file in ipairs(engine.files(engine.stdlib .. "/types")) do
    if file:find("%.lua$") then found[#found + 1] = file end
  end
  return found
end

local function items_of(file)
  return doc_comments.items(engine.read(engine.stdlib .. "/types/" .. file))
end

local function declared_types()
  local found, twice = {}, {}
  for _, file in ipairs(type_files()) do
    for _, item in ipairs(items_of(file)) do
      if item.what == "class" or item.what == "alias" then
        if found[item.name] and not item.partial then twice[#twice + 1] = item.name .. " in " .. file end
        found[item.name] = true
      end
    end
  end
  return found, twice
end

--- The names of types in a type, without names of parameters and literals.
local function types_in(text)
  local found = {}
  text = text:gsub('"[^"]*"', ""):gsub("([%w_.]+)%??%s*:%s", function(name) return name == "fun" and "fun " or " " end)
  for name in text:gmatch("[%a_][%w_.]*") do found[#found + 1] = name end
  return found
end

function tests.every_type_is_declared_once(t)
  local known, twice = declared_types()
  t.equal(twice, {})
  for _, file in ipairs(type_files()) do
    for _, item in ipairs(items_of(file)) do
      local generic = {}
      for _, tag in ipairs(item.tags) do
        for name in (tag:match("^@generic%s+(.*)$") or ""):gmatch("(%u)%f[%W]") do generic[name] = true end
      end
      local places = { item.params, item.returns, item.fields, { { type = item.type or "" }, { type = item.parent or "" } } }
      for _, list in ipairs(places) do
        for _, place in ipairs(list) do
          for _, name in ipairs(types_in(place.type)) do
            t.is_true(known[name] or BASIC[name] or generic[name] or name == "K" or name == "V", ("%s: %s has the unknown type %s (%s)"):format(file, item.name, name, place.type))
          end
        end
      end
    end
  end
end

function tests.params_are_those_of_the_function(t)
  for _, file in ipairs(type_files()) do
    for _, item in ipairs(items_of(file)) do
      if item.call ~= nil then
        local names = {}
        for i, param in ipairs(item.params) do names[i] = param.name end
        t.equal(item.call, ("%s(%s)"):format(item.name, table.concat(names, ", ")), file)
      end
    end
  end
end

function tests.examples_are_lua(t)
  local n = 0
  for _, entry in ipairs(reference.entries()) do
    local text = table.concat(entry.example, "\n")
    if text ~= "" and not text:find("…", 1, true) then
      n = n + 1
      for _, line in ipairs(text:find("\n%s") and { text } or entry.example) do -- several lines: one each, or one value
        local fine = false
        for _, form in ipairs { "return %s", "%s", "return { %s }" } do -- a value, a statement, keys of a table
          fine = fine or engine.compile((form:gsub("%%s", function() return line end)), "=example", engine.env {}) ~= nil
        end
        t.is_true(fine, entry.name .. ": " .. line)
      end
    end
  end
  t.is_true(n > 8, "examples that can be compiled")
end

function tests.annotations_are_lua(t)
  for _, file in ipairs(type_files()) do
    local text = engine.read(engine.stdlib .. "/types/" .. file)
    local fn, message = engine.compile(text, "@" .. file, engine.env {})
    t.is_true(fn, message)
    t.matches(text, "^%-%-%-@meta", file)
    for line in text:gmatch("[^\n]+") do
      local tag = line:match("^%-%-%-@(%a+)")
      local known = tag == nil or ("meta class field alias param return generic operator"):find("%f[%a]" .. tag .. "%f[%A]") ~= nil
      t.is_true(known, ("%s: @%s is no annotation"):format(file, tostring(tag)))
    end
  end
end

return tests
