-- Puts together the records of one case of a rule test: the baseline, changed as the case says. Knows nothing of rules.
-- A bench is what the cases of one file share: {test, folder, pack, base}; a base is {records = by kind, organization, as_of, collected_at}.

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

--- Whether an error is one of the product itself rather than of a test, so that a traceback helps.
---@param message any
---@return boolean
function bench.is_internal(message)
  return tostring(message):find("^stdlib/[%w_/]+%.lua:%d+: ") ~= nil
end

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

local function by_kind(given)
  if type(given) == "string" then
    local value = engine.yaml(given, "baseline")
    if type(value) ~= "table" then wrong "baseline: its YAML must be a map of kinds" end
    given = value
  end
  local found = {}
  for name, records in pairs(given or {}) do
    local kind, list = kind_of(name), {}
    for _, entry in ipairs(entries(records, kind, name)) do list[#list + 1] = with_key(entry, kind) end
    found[name] = list
  end
  return found
end

-- What a case means that a test should be told: typing faults. References that lead nowhere, dates in the future and
-- keys given twice are often just what is tested.
local TOLERATED = { W0320 = true, W0321 = true, E0305 = true }

--- The document of a diagnostic, as the user knows it.
local function place_of(diagnostic, folder)
  local document = diagnostic.document
  if folder == nil then return document or "records" end
  if document == nil or document == "" then return folder end
  return document:sub(1, #folder + 1) == folder .. "/" and document or folder .. "/" .. document
end

--- Diagnostics about records that a test is to be told of, as texts.
---@param diagnostics table[]
---@param folder string|nil where their documents lie
---@return string[]
function bench.faults(diagnostics, folder)
  local texts = {}
  for _, diagnostic in ipairs(diagnostics or {}) do
    if diagnostic.severity ~= "note" and not TOLERATED[diagnostic.code] then
      local at = diagnostic.line and (folder and ":" .. diagnostic.line or ", record " .. diagnostic.line) or ""
      texts[#texts + 1] = ("%s%s: %s%s"):format(place_of(diagnostic, folder), at, diagnostic.message,
        diagnostic.help and " (" .. diagnostic.help .. ")" or "")
    end
  end
  return texts
end

--- The documents of a folder, read as those of a bundle are.
local function fixtures(self, name)
  if type(name) ~= "string" then wrong("fixtures: name a folder beside the test file") end
  local known = self.read[name]
  if known ~= nil then return known end
  local folder = self.folder .. "/" .. name
  local found, diagnostics = engine.fixtures(folder, self.pack or self.folder, self.test.as_of)
  if found == nil then wrong("fixtures: %s", diagnostics) end
  local faults = bench.faults(diagnostics, folder)
  if #faults > 0 then wrong("%s", table.concat(faults, "; ")) end
  local base = { records = found.records, organization = (found.records.organization or {})[1], as_of = found.as_of, collected_at = found.collected_at }
  found.records.organization = nil
  self.read[name] = base
  return base
end

--- What the cases of a test file share.
---@param path string of the test file
---@param pack string|nil folder of its pack, which fixtures do not leave
---@param test table
---@return table
function bench.new(path, pack, test)
  local self = { test = test, folder = path:match("^(.*)/[^/]*$") or ".", pack = pack, read = {}, models = {} }
  local base = test.fixtures ~= nil and fixtures(self, test.fixtures) or { records = {}, collected_at = {} }
  self.base = { records = {}, organization = base.organization, as_of = base.as_of, collected_at = base.collected_at }
  for name, list in pairs(base.records) do self.base.records[name] = list end
  for name, list in pairs(by_kind(test.baseline)) do self.base.records[name] = list end
  return self
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

local function records_of(base, case)
  local found = copied(base.records)
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

local function organization_of(test, base, case)
  for key, item in pairs(case.without or {}) do
    if type(key) == "number" and item == "organization" then return nil end
  end
  local own = test.organization
  if case.fixtures ~= nil or own == nil then own = base.organization end
  for _, given in ipairs { test.organization or {}, case.organization or {} } do
    for name in pairs(given) do
      if type(name) ~= "string" then wrong("organization has fields with names, not a list") end
    end
  end
  if case.organization == nil then return own end
  return changed(own or {}, case.organization)
end

local function is_moment(value)
  return engine.is(value) == "time" or (type(value) == "string" and engine.time(value) ~= nil)
end

local function check_moments(collected)
  for name, moment in pairs(collected or {}) do
    kind_of(name)
    if moment ~= absent and not is_moment(moment) then wrong("collected_at: %s has `%s`, which is no date or time", name, tostring(moment)) end
  end
end

local function model_of(self, case)
  local test = self.test
  local base = case.fixtures ~= nil and fixtures(self, case.fixtures) or self.base
  local as_of = case.as_of or test.as_of or base.as_of or "2026-06-30"
  if not is_moment(as_of) then wrong("as_of: `%s` is no date or time; write \"2026-06-30\"", tostring(as_of)) end
  check_moments(test.collected_at)
  check_moments(case.collected_at)
  local documents = {}
  for name, list in pairs(records_of(base, case)) do
    local own = {}
    for i, record in ipairs(list) do own[i] = plain(record) end
    local collected = (case.collected_at or {})[name] or (test.collected_at or {})[name] or base.collected_at[name] or as_of
    documents[#documents + 1] = {
      kind = name, path = name, records = #own > 0 and own or engine.list {}, collected_at = collected ~= absent and collected or nil,
    }
  end
  local organization = organization_of(test, base, case)
  return { as_of = as_of, organization = organization and plain(organization) or nil, documents = documents }
end

--- What engine.with_model needs for a case. It is put together once: mutants run the same cases again and again.
---@param self table the bench
---@param case table; `same` is one with the same records
---@return table
function bench.model(self, case)
  local key = case.same or case
  local made = self.models[key] or model_of(self, case)
  self.models[key] = made
  return made
end

return bench
