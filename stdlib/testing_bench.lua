-- Puts together the records of one case of a rule test: the baseline, changed as the case says. Knows nothing of rules.

local bench = {}

--- Stands for a field that is taken away.
bench.absent = setmetatable({}, { __name = "absent", __metatable = false, __newindex = function() error("absent cannot be changed", 2) end })

local absent = bench.absent

--- Raised inside this file and its callers, caught by the runner: what is wrong with a test.
---@param text string
local function wrong(text, ...)
  error(text:format(...), 0)
end

bench.wrong = wrong

local function did_you_mean(word, list)
  local near = engine.suggest(tostring(word), list)
  return near and ("; did you mean `%s`?"):format(near) or ""
end

bench.did_you_mean = did_you_mean

local function kind_of(name)
  local kind = engine.kind(tostring(name))
  if kind == nil then wrong("there is no kind `%s`%s", tostring(name), did_you_mean(name, engine.kinds())) end
  return kind
end

local function plain(value)
  if value == engine.null or value == absent then return nil end
  local is = engine.is(value)
  if is == "time" or is == "duration" then return engine.to_text(value) end
  if type(value) ~= "table" then return value end
  local made = {}
  for key, item in pairs(value) do made[key] = plain(item) end
  if next(made) == nil then return engine.list {} end
  return made
end

--- A value as engine.with_model takes it: dates as texts, empty tables as lists.
bench.plain = plain

--- Records as they are written: YAML text, list, or map of key to record. Gives a list of {at = position or key, record}.
local function entries(given, kind, what)
  if type(given) == "string" then
    local value = engine.yaml(given, what)
    if value == nil then wrong("%s: its YAML cannot be read", what) end
    given = value
  end
  if type(given) ~= "table" then wrong("%s must be a list of records or YAML, not a %s", what, type(given)) end
  if kind.single and given[1] == nil and next(given) ~= nil then return { { at = 1, record = given } } end
  local list = {}
  for key, record in pairs(given) do
    if record ~= engine.null then
      if type(record) ~= "table" then wrong("%s: entry %s is a %s, not a record", what, tostring(key), type(record)) end
      list[#list + 1] = { at = key, record = record }
    end
  end
  return list
end

local function with_key(entry, kind)
  if type(entry.at) == "string" and kind.key ~= nil and entry.record[kind.key] == nil then
    local made = {}
    for name, value in pairs(entry.record) do made[name] = value end
    made[kind.key] = entry.at
    return made
  end
  return entry.record
end

--- The records of a baseline, by kind.
---@param given table kind → records
---@return table kind → list of plain tables
function bench.baseline(given)
  local found = {}
  for name, records in pairs(given or {}) do
    local kind, list = kind_of(name), {}
    for _, entry in ipairs(entries(records, kind, name)) do list[#list + 1] = with_key(entry, kind) end
    found[name] = list
  end
  return found
end

local function changed(record, changes)
  local made = {}
  for name, value in pairs(record) do made[name] = value end
  for name, value in pairs(changes) do made[name] = value end
  for name, value in pairs(made) do
    if value == absent then made[name] = nil end
  end
  return made
end

local function complete(record, kind)
  for _, field in ipairs(kind.fields) do
    if field.required and (record[field.name] == nil or record[field.name] == absent) then return false end
  end
  return true
end

local function position_of(list, kind, key)
  for i, record in ipairs(list) do
    if record[kind.key] == key then return i end
  end
  return nil
end

--- `with`: a record with a key that is there is changed, others are added. Records without key are changed by position, unless
--- all of a plain list are complete: then they are added.
local function with(list, kind, given, what)
  local found = entries(given, kind, what)
  local append = kind.key == nil and not kind.single
  for i, entry in ipairs(found) do append = append and entry.at == i and complete(entry.record, kind) end
  for _, entry in ipairs(found) do
    local record, at = with_key(entry, kind), nil
    if kind.key ~= nil then
      if record[kind.key] == nil then wrong("%s: a record without `%s`", what, kind.key) end
      at = position_of(list, kind, record[kind.key])
    elseif not append and type(entry.at) == "number" and entry.at <= #list then
      at = entry.at
    end
    if at ~= nil then list[at] = changed(list[at], record) else list[#list + 1] = changed(record, {}) end
  end
end

local function drop(list, kind, keys, what)
  if type(keys) ~= "table" then keys = { keys } end
  local gone = {}
  for _, key in ipairs(keys) do
    local at = key
    if type(key) == "string" and kind.key ~= nil then at = position_of(list, kind, key) end
    if type(at) ~= "number" or list[at] == nil then wrong("without: %s has no record %s", what, tostring(key)) end
    gone[at] = true
  end
  local left = {}
  for i, record in ipairs(list) do
    if not gone[i] then left[#left + 1] = record end
  end
  return left
end

local function copied(baseline)
  local found = {}
  for name, list in pairs(baseline) do
    local own = {}
    for i, record in ipairs(list) do own[i] = record end
    found[name] = own
  end
  return found
end

--- The records of a case, by kind.
---@param baseline table as bench.baseline gives it
---@param case table its `with`, `add`, `only`, `without`
---@return table
function bench.records(baseline, case)
  local found = copied(baseline)
  for name, records in pairs(case.only or {}) do
    local list = {}
    for _, entry in ipairs(entries(records, kind_of(name), name)) do list[#list + 1] = with_key(entry, kind_of(name)) end
    found[name] = list
  end
  for name, records in pairs(case.with or {}) do
    local kind = kind_of(name)
    found[name] = found[name] or {}
    with(found[name], kind, records, name)
  end
  for name, records in pairs(case.add or {}) do
    local kind = kind_of(name)
    found[name] = found[name] or {}
    for _, entry in ipairs(entries(records, kind, name)) do table.insert(found[name], changed(with_key(entry, kind), {})) end
  end
  for key, item in pairs(case.without or {}) do
    if type(key) == "number" then
      kind_of(item)
      if found[item] == nil and item ~= "organization" then wrong("without: %s is not supplied in the first place", item) end
      found[item] = nil
    else
      if found[key] == nil then wrong("without: %s is not supplied in the first place", key) end
      found[key] = drop(found[key], kind_of(key), item, key)
    end
  end
  return found
end

local function organization_of(test, case)
  for key, item in pairs(case.without or {}) do
    if type(key) == "number" and item == "organization" then return nil end
  end
  if case.organization == nil then return test.organization end
  return changed(test.organization or {}, case.organization)
end

--- What engine.with_model needs for a case.
---@param test table the test's own settings
---@param records table by kind
---@param case table
---@return table
function bench.model(test, records, case)
  local as_of = case.as_of or test.as_of or "2026-06-30"
  local documents = {}
  for name, list in pairs(records) do
    local own = {}
    for i, record in ipairs(list) do own[i] = plain(record) end
    local collected = (case.collected_at or {})[name] or (test.collected_at or {})[name] or as_of
    documents[#documents + 1] = {
      kind = name, path = name, records = #own > 0 and own or engine.list {}, collected_at = collected ~= absent and collected or nil,
    }
  end
  local organization = organization_of(test, case)
  return { as_of = as_of, organization = organization and plain(organization) or nil, documents = documents }
end

return bench
