-- Rule files: the words in which they are written, and what becomes of them. Loading a file runs its top level once, sees no bundle, and
-- reports everything that is wrong with it, not only the first thing.

local blame = require "blame"
local checks = require "checks"
local conditions = require "conditions"
local ids = require "ids"
local names = require "rule_names"
local params = require "params"
local schema = require "rule_schema"
local source_of = require "rule_source"

local rule = {}

--- Told while a file is loaded: which names constructors were given.
local heard

conditions.listen(function(what, name)
  if heard == nil then return end
  heard[what] = heard[what] or {}
  table.insert(heard[what], name)
end)

--- A word of the language that takes a name and a table. What it makes is remembered, so that nothing else passes for it.
local function named(word, what, made)
  return function(name)
    if type(name) ~= "string" or name == "" then error(("write %s \"%s\" { … }"):format(word, what), 2) end
    return function(spec)
      if type(spec) ~= "table" or engine.is(spec) ~= nil then error(("%s \"%s\" needs a table { … } behind it"):format(word, name), 2) end
      local part = { dsl = word, name = name, spec = spec }
      made[part] = part
      return part
    end
  end
end

local function without(made)
  return function(name)
    if type(name) ~= "string" then error("write without \"name of a check\"", 2) end
    local part = { dsl = "without", name = name }
    made[part] = part
    return part
  end
end

local function require_checks(name)
  if name == "checks" then return checks end
  error(("a rule file can require \"checks\" and nothing else, not \"%s\""):format(tostring(name)), 2)
end

--- A fresh environment for a rule file.
---@return table environment
---@return table made the rules, checks … that the file makes: table → itself
function rule.environment()
  local made = {}
  local words = {
    rule = named("rule", "A.5.18", made), extend = named("extend", "A.5.18", made), check = named("check", "name", made),
    without = without(made), require = require_checks,
  }
  for name, constructor in pairs(conditions.make) do words[name] = constructor end
  return engine.env(words), made
end

--- A reporter that adds diagnostics of one file and remembers the first error.
local function reporter(path, chunk, source, diag)
  local state = { errors = 0 }
  function state.report(code, line, message, help, severity)
    severity = severity or "error"
    diag {
      code = code, severity = severity, document = path, line = line, message = message, help = help,
      source = source ~= nil and source:text_of(line) or nil,
    }
    if severity == "error" then
      state.errors = state.errors + 1
      state.first = state.first or (line and ("%s:%d: %s"):format(chunk, line, message) or ("%s: %s"):format(chunk, message))
    end
  end
  return state
end

--- Runs the file's top level. nil after a report.
local function run(text, chunk, state)
  local env, made = rule.environment()
  local fn, message, line = engine.compile(text, "@" .. chunk, env)
  if fn == nil then return state.report("E0510", line, message) end
  heard = {}
  local ok, result, traceback = engine.try(fn)
  local listened = heard
  heard = nil
  if not ok then
    local at = blame.of(tostring(result), traceback)
    return state.report("E0511", at.file == chunk and at.line or nil, at.message, at.help)
  end
  if type(result) ~= "table" or made[result] == nil or (result.dsl ~= "rule" and result.dsl ~= "extend") then
    return state.report("E0512", nil, "the file returns no rule", "end it with `return rule \"A.5.18\" { … }` or `return extend \"A.5.18\" { … }`")
  end
  return result, listened, made
end

local function copy(map)
  local made = {}
  for key, value in pairs(map) do made[key] = value end
  return made
end

local function conditions_of(spec)
  local given = spec.holds ~= nil and spec.holds or spec.expect
  if type(given) == "function" then return { given } end
  local list = {}
  for i, condition in ipairs(given) do list[i] = condition end
  return list
end

local function built(check, path)
  local spec = check.spec
  local made = { name = check.name, path = path, whole = spec.holds ~= nil, conditions = conditions_of(spec) }
  for _, key in ipairs {
    "question", "tests", "severity", "weight", "applies_when", "over", "at_least", "empty", "message", "remedy", "values",
  } do made[key] = spec[key] end
  for _, key in ipairs { "fresh", "missing", "messages" } do made[key] = spec[key] ~= nil and copy(spec[key]) or nil end -- checked: the file must not change it
  return made
end

--- Sorts what stands in a rule's table without a name: checks, and in extensions `without`.
local function parts_of(result, made, source, state)
  local found, dropped, seen = {}, {}, {}
  if not engine.try(next, result.spec) then return found, dropped end -- which is told as all that is wrong with its keys
  for key, item in pairs(result.spec) do
    if type(key) == "number" then
      local kind = type(item) == "table" and made[item] ~= nil and item.dsl or nil
      if kind == "check" then
        if seen[item.name] then
          state.report("E0519", source:line(source:call("check", item.name, 2)), ("two checks are named `%s`"):format(item.name))
        else
          found[#found + 1] = item
        end
        seen[item.name] = true
      elseif kind == "without" and result.dsl == "extend" then
        dropped[#dropped + 1] = item.name
      else
        state.report("E0516", nil, ("entry %s of the %s is no check"):format(tostring(key), result.dsl == "extend" and "extension" or "rule"),
          kind == "without" and "`without` stands in `extend`" or "write check \"name\" { … }")
      end
    elseif type(key) ~= "string" then
      state.report("E0516", nil, ("the %s holds a value under the key `%s`"):format(result.dsl == "extend" and "extension" or "rule", tostring(key)))
    end
  end
  return found, dropped
end

local function needs_map(list)
  local map = {}
  for _, entry in ipairs(type(list) == "table" and list or {}) do
    if type(entry) == "string" then map[entry:gsub("%?$", "")] = entry:sub(-1) == "?" and "optional" or "required" end
  end
  return map
end

--- Checks the tables of a file. The source's positions give the lines.
local function validate(result, found, source, state)
  local function at_rule() return source:line(source:call(result.dsl, result.name)) end
  schema.rule(result.spec, result.dsl == "extend", function(code, key, message, help, word)
    local at = word ~= nil and source.quoted[word] or key ~= nil and source:key(key) or nil
    state.report(code, source:line(at) or at_rule(), message, help)
  end)
  for _, check in ipairs(found) do
    schema.check(check, function(code, key, message, help)
      local at = source:call("check", check.name)
      state.report(code, source:line(key ~= nil and source:key(key, at) or at), message, help)
    end)
  end
  local id = ids.from_file(source.path)
  if result.dsl == "rule" and id ~= result.name then
    state.report("E0513", at_rule(), ("the file is named for %s, and its rule is %s"):format(id or "no requirement", result.name),
      "name it for its requirement, such as a_5_18_access_rights.lua for A.5.18")
  end
end

local function loaded(path, text, chunk, options, state)
  local source = state.source
  local result, listened, parts = run(text, chunk, state)
  if result == nil then return nil end
  local found, dropped = parts_of(result, parts, source, state)
  validate(result, found, source, state)
  if state.errors > 0 then return nil end
  local spec = result.spec
  local made = {
    id = result.name, title = spec.title, intent = spec.intent, needs = spec.needs or {}, params = spec.params or {},
    applies_when = spec.applies_when, checks = {}, path = path, chunk = chunk,
    extends = result.dsl == "extend" or nil, without = dropped, heard = listened, text = text, found = found, lint = options.names ~= false,
    diag = options.diag or engine.diag,
  }
  if made.lint and not made.extends then
    names.check({ params = made.params, own_params = made.params, needs = needs_map(made.needs), heard = listened, checks = found }, source,
      state.report)
    if state.errors > 0 then return nil end
  end
  for i, check in ipairs(found) do made.checks[i] = built(check, path) end
  return made
end

--- Loads a rule file. All that is wrong becomes diagnostics.
---@param path string as the user knows it
---@param text string
---@param chunk string how the file is called in messages inside results
---@param options table|nil {names = false} leaves out the checks of names, which cost more than the rest, for files known to be right;
--- {diag = function} gets the diagnostics instead of the engine
---@return table|nil rule
---@return string|nil message the first error in a sentence, with file and line
function rule.load(path, text, chunk, options)
  local source = source_of.new(text)
  source.path = path
  local state = reporter(path, chunk or path, source, options ~= nil and options.diag or engine.diag)
  state.source = source
  local ok, made, traceback = engine.try(loaded, path, text, chunk or path, options or {}, state)
  if not ok then
    heard = nil
    state.report("E0511", nil, tostring(made), traceback)
    return nil, state.first
  end
  return made, made == nil and state.first or nil
end

local function check_names(list)
  local found = {}
  for i, check in ipairs(list) do found[i] = check.name end
  return found
end

--- The needs of both; what either requires is required.
local function joined_needs(base, more)
  local all, at = {}, {}
  for _, list in ipairs { base, more } do
    for _, entry in ipairs(list) do
      local kind = entry:gsub("%?$", "")
      if at[kind] == nil then
        all[#all + 1] = entry
        at[kind] = #all
      elseif entry == kind then
        all[at[kind]] = kind
      end
    end
  end
  return all
end

local function joined_params(base, extension, source, state)
  local all = copy(base.params)
  for name, spec in pairs(extension.params) do
    local old, line = all[name], source:line(source:key(name))
    local new = { default = spec.default, unit = spec.unit, meaning = spec.meaning }
    if old ~= nil then
      if new.default == nil then new.default = old.default end
      new.unit, new.meaning = new.unit or old.unit, new.meaning or old.meaning
    end
    if new.default == nil or new.meaning == nil then
      local near = engine.suggest(name, (function()
        local list = {}
        for known in pairs(base.params) do list[#list + 1] = known end
        return list
      end)())
      state.report("E0525", line, ("%s has no param `%s`; a new one needs `default` and `meaning`"):format(base.id, name),
        near and ("did you mean `%s`?"):format(near) or nil)
    else
      local typed, problem = params.typed(new, new.default)
      if typed == nil then state.report("E0516", line, ("the default of param %s %s"):format(name, problem)) end
    end
    all[name] = new
  end
  return all
end

local function extended(base, extension, state)
  local source = state.source
  local made = copy(base)
  made.needs = joined_needs(base.needs, extension.needs)
  made.params = joined_params(base, extension, source, state)
  made.checks = {}
  for i, check in ipairs(base.checks) do made.checks[i] = check end
  for _, name in ipairs(extension.without) do
    local at
    for i, check in ipairs(made.checks) do
      if check.name == name then at = i end
    end
    if at ~= nil then
      table.remove(made.checks, at)
    else
      local near = engine.suggest(name, check_names(base.checks))
      state.report("E0525", source:line(source:call("without", name)), ("%s has no check `%s`"):format(base.id, name),
        near and ("did you mean `%s`?"):format(near) or "its checks: " .. table.concat(check_names(base.checks), ", "))
    end
  end
  for _, check in ipairs(extension.checks) do
    local at = #made.checks + 1
    for i, old in ipairs(made.checks) do
      if old.name == check.name then at = i end
    end
    made.checks[at] = check
  end
  if extension.lint then
    local own = {}
    for name, spec in pairs(extension.params) do
      if base.params[name] == nil then own[name] = spec end
    end
    names.check({ params = made.params, own_params = own, needs = needs_map(made.needs), heard = extension.heard, checks = extension.found },
      source, state.report)
  end
  return made
end

--- A rule as an extension leaves it; the rule itself stays as it is.
---@param base table
---@param extension table
---@return table|nil rule
---@return string|nil message
function rule.extend(base, extension)
  local source = source_of.new(extension.text)
  local state = reporter(extension.path, extension.chunk, source, extension.diag)
  state.source = source
  local made = extended(base, extension, state)
  if state.errors > 0 then return nil, state.first end
  return made
end

return rule
