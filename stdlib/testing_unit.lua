-- Unit tests of the stdlib: files unit_<subject>.lua that return a table of name → function(t). They run in the trusted
-- environment; `t` gives the assertions.

local bench = require "testing_bench"

local unit = {}

local function shown(value, depth)
  if type(value) == "string" then return ("%q"):format(value) end
  if type(value) ~= "table" or engine.is(value) ~= nil then return tostring(value) end
  if (depth or 0) > 4 then return "{…}" end
  local parts = {}
  for key, item in pairs(value) do
    local name = type(key) == "number" and "" or tostring(key) .. " = "
    parts[#parts + 1] = name .. shown(item, (depth or 0) + 1)
  end
  return "{ " .. table.concat(parts, ", ") .. " }"
end

local function equal(a, b)
  if a == b then return true end
  if type(a) ~= "table" or type(b) ~= "table" then return false end
  for key, value in pairs(a) do
    if not equal(value, b[key]) then return false end
  end
  for key in pairs(b) do
    if a[key] == nil then return false end
  end
  return true
end

local t = {}

--- Fails with a text.
function t.fail(text)
  error(text, 2)
end

--- Both are the same, tables member by member.
function t.equal(got, expected, note)
  if not equal(got, expected) then
    error(("%sexpected %s, got %s"):format(note and note .. ": " or "", shown(expected), shown(got)), 2)
  end
end

--- The value is true or counts as true.
function t.is_true(value, note)
  if not value then error((note or "expected something true") .. ", got " .. shown(value), 2) end
end

--- The value is false or nil.
function t.is_false(value, note)
  if value then error((note or "expected false or nil") .. ", got " .. shown(value), 2) end
end

--- The value is nil.
function t.is_nil(value, note)
  if value ~= nil then error((note or "expected nil") .. ", got " .. shown(value), 2) end
end

--- The text holds the pattern.
function t.matches(text, pattern, note)
  if type(text) ~= "string" or not text:find(pattern) then
    error(("%sexpected a text like %s, got %s"):format(note and note .. ": " or "", shown(pattern), shown(text)), 2)
  end
end

--- The function raises an error whose message holds the pattern.
function t.raises(fn, pattern, note)
  local ok, text = engine.try(fn)
  if ok then error((note or "expected an error") .. " like " .. shown(pattern) .. ", got none", 2) end
  if pattern ~= nil and not tostring(text):find(pattern) then
    error(("%sexpected an error like %s, got %s"):format(note and note .. ": " or "", shown(pattern), shown(text)), 2)
  end
end

--- Runs `fn(isms, …)` on a small model: `records` is kind → list of plain tables. What it returns, comes back.
function t.model(records, fn, settings)
  settings = settings or {}
  local documents = {}
  for kind, list in pairs(records) do
    documents[#documents + 1] = {
      kind = kind, path = kind, records = bench.plain(list),
      collected_at = (settings.collected_at or {})[kind] or settings.as_of or "2026-06-30",
    }
  end
  local found = table.pack(engine.with_model({
    as_of = settings.as_of or "2026-06-30", organization = settings.organization, documents = documents,
  }, fn))
  for _, diagnostic in ipairs(found[1] or {}) do
    if diagnostic.severity == "error" and not settings.faulty then error(diagnostic.message .. " (" .. tostring(diagnostic.help) .. ")", 2) end
  end
  return table.unpack(found, 2, found.n)
end

--- The same inside a rule that is being judged, so that building blocks and conditions work. The rule needs the kinds of `records`
--- and those of settings.needs ("kind" or "kind?"); settings.params are written as in a rule: { lookback = "365 d" }.
function t.judging(records, settings, fn)
  local here, judge = require "context", require "judge"
  return t.model(records, function(isms)
    local list = {}
    for kind in pairs(records) do list[#list + 1] = kind end
    for _, kind in ipairs(settings.needs or {}) do list[#list + 1] = kind end
    local needs, missing, values = judge.needs(list), {}, {}
    for kind in pairs(needs) do
      if kind ~= "organization" and not isms[kind].supplied then missing[kind] = true end
    end
    if needs.organization and isms.organization == nil then missing.organization = true end
    for name, value in pairs(settings.params or {}) do
      values[name] = type(value) == "string" and engine.duration(value) or value
    end
    engine.mark_kinds()
    here.enter {
      isms = isms, as_of = isms.as_of, params = values, rule = "A.5.18", needs = needs, missing = missing, results = settings.results,
      risks = settings.risks,
    }
    here.begin "test"
    local found = table.pack(engine.try(fn, require "checks", isms, here.params))
    here.leave()
    if not found[1] then error(found[2], 0) end
    return table.unpack(found, 2, found.n)
  end, settings)
end

--- Runs a file of unit tests.
---@param path string
---@param tap table
---@param wanted fun(name: string): boolean
---@param globals table the trusted environment
function unit.run(path, tap, wanted, globals)
  local text, message = engine.read(path)
  if text == nil then return tap:not_ok(path, path, { { what = message } }) end
  local fn, fault, line = engine.compile(text, "@" .. path, globals)
  if fn == nil then return tap:not_ok(path, ("%s:%d"):format(path, line or 1), { { what = fault } }) end
  local ok, tests, traceback = engine.try(fn)
  if not ok or type(tests) ~= "table" then
    return tap:not_ok(path, path, { { what = ok and "the file returns no table of tests" or tests, got = traceback } })
  end
  local subject = path:match("unit_([%w_]+)%.lua$") or path
  for name, test in pairs(tests) do
    local title = subject .. ": " .. tostring(name):gsub("_", " ")
    if wanted(title) then
      local passed, why, trace = engine.try(test, t)
      if passed then
        tap:ok(title)
      else
        local at = tostring(why):match("^(.-:%d+):")
        tap:not_ok(title, at, { { what = why, got = trace } })
      end
    end
  end
end

return unit
