-- Names that must fit each other in a rule: params and where they are used, kinds and what needs them, fields, names of messages,
-- placeholders. Partly read from the loaded table, partly from the text of the file.

local about = require("checks_all").about
local constructors = require("conditions").make
local placeholders = require "placeholders"

local names = {}

local function suggestion(word, list)
  local near = engine.suggest(word, list)
  return near and ("did you mean `%s`?"):format(near) or nil
end

local function sorted_keys(map)
  local list = {}
  for key in pairs(map or {}) do list[#list + 1] = key end
  return list
end

local by_kind = {}

local function fields_of_kind(kind)
  local list = by_kind[kind]
  if list == nil then
    list = {}
    local schema = engine.kind(kind)
    for _, field in ipairs(schema ~= nil and schema.fields or {}) do
      list[#list + 1] = field.name
      if field.record_name ~= nil then list[#list + 1] = field.record_name end
      if field.key_name ~= nil then list[#list + 1] = field.key_name end
    end
    by_kind[kind] = list
  end
  return list
end

--- The fields of all kinds that a rule needs, also by the other names of references: name → true.
---@param needs table kind → …
---@return table
local function fields_of(needs)
  local found = {}
  for kind in pairs(needs) do
    for _, name in ipairs(fields_of_kind(kind)) do found[name] = true end
  end
  return found
end

--- Where a building block is used, as checks.name or by the constructor of that name.
local function used(source, block)
  return source:members("checks")[block] or (constructors[block] ~= nil and source:calls(block)) or nil
end

--- A param that is named somewhere must be declared.
local function declared(facts, name, line, report)
  if facts.params[name] == nil then
    report("E0521", line, ("there is no param `%s`"):format(name), suggestion(name, sorted_keys(facts.params)))
  end
end

local function check_params(facts, source, report)
  for name, at in pairs(source:members("params")) do declared(facts, name, source:line(at), report) end
  local taken = {}
  for _, block in ipairs(about.names) do
    if about.params[block] ~= nil and used(source, block) then
      for _, entry in ipairs(about.params[block]) do
        local name = entry:gsub("%?$", "")
        taken[name] = true
        if entry == name and facts.params[name] == nil then
          report("E0521", source:line(used(source, block)), ("`%s` takes the param `%s`, which the rule does not have"):format(block, name))
        end
      end
    end
  end
  for name in pairs(facts.own_params) do
    if not taken[name] and not source:uses(name) then
      report("E0520", source:line(source:key(name)), ("no check uses the param `%s`"):format(name))
    end
  end
end

local view = { as_of = true, organization = true, catalog = true }

local function check_kinds(facts, source, report)
  local kinds = engine.kinds()
  for name, at in pairs(source:members("isms")) do
    if facts.needs[name] == nil and not (view[name] and name ~= "organization") then
      if engine.has_kind(name) then
        report("E0518", source:line(at), ("`isms.%s` is read, but `needs` does not name it"):format(name))
      else
        report("E0517", source:line(at), ("there is no kind `%s`"):format(name), suggestion(name, kinds))
      end
    end
  end
  for _, block in ipairs(about.names) do
    if about.reads[block] ~= nil and used(source, block) then
      for _, kind in ipairs(about.reads[block]) do
        if kind:sub(-1) ~= "?" and facts.needs[kind] == nil then
          report("E0518", source:line(used(source, block)), ("`%s` reads %s, which `needs` does not name"):format(block, kind))
        end
      end
    end
  end
end

--- A field that a constructor names: its last step must be a field of a needed kind, or an entry of a member table.
local function check_fields(facts, source, report)
  local known = sorted_keys(facts.fields)
  for _, path in ipairs(facts.heard.field or {}) do
    local last = path:match("[^.]+$")
    if not facts.fields[last] and source:key(last) == nil then
      report("E0523", source:line(source.quoted[path]),
        ("no kind that the rule needs has a field `%s`"):format(last), suggestion(last, known))
    end
  end
end

local function check_limits(facts, source, report)
  for _, limit in ipairs(facts.heard.limit or {}) do
    if type(limit) == "string" and engine.duration(limit) == nil then
      declared(facts, limit, source:line(source.quoted[limit]), report)
    end
  end
end

--- The kind and field of a key of `missing`; nil where there is none such.
local function check_missing(facts, spec, line_of, report)
  local known = sorted_keys(facts.fields)
  for key in pairs(spec.missing or {}) do
    local kind, field = key:match("^([%w_]+)%.([%w_]+)$")
    if kind ~= nil then
      if facts.needs[kind] == nil then
        report("E0523", line_of(key), ("`missing` names %s, but the rule does not need %s"):format(key, kind), suggestion(kind, sorted_keys(facts.needs)))
      elseif engine.field(kind, field) == nil then
        report("E0523", line_of(key), ("%s has no field `%s`"):format(kind, field))
      end
    elseif not facts.fields[key] then
      report("E0523", line_of(key), ("no kind that the rule needs has a field `%s`"):format(key), suggestion(key, known))
    end
  end
end

local function check_messages(facts, spec, source, line_of, report)
  local said = {}
  for _, name in ipairs(facts.heard.says or {}) do said[name] = true end
  for block, list in pairs(about.says) do
    if used(source, block) then
      for _, name in ipairs(list) do said[name] = true end
    end
  end
  for name in pairs(spec.messages or {}) do
    if not said[name] and source.quoted[name] == nil then
      report("E0522", line_of(name), ("no condition says `%s`, so this message is never used"):format(name), suggestion(name, sorted_keys(said)))
    end
  end
end

--- Whether a placeholder can stand for something.
local function known_placeholder(facts, source, name)
  local kind, field = name:match("^([%w_]+)%.([%w_]+)$")
  if kind ~= nil then
    if facts.needs[kind] ~= nil then return engine.field(kind, field) ~= nil end
    return source:key(kind) ~= nil
  end
  if facts.words[name] or facts.fields[name] or facts.params[name] ~= nil then return true end
  return source:key(name) ~= nil
end

local function check_placeholders(facts, texts, source, report)
  for _, entry in ipairs(texts) do
    for _, name in ipairs(placeholders.names(entry.text)) do
      if not known_placeholder(facts, source, name) then
        local words = sorted_keys(facts.fields)
        for word in pairs(facts.words) do words[#words + 1] = word end
        for word in pairs(facts.params) do words[#words + 1] = word end
        report("W0524", entry.line, ("nothing is known that {%s} could stand for"):format(name), suggestion(name, words), "warning")
      end
    end
  end
end

local function check_check(facts, check, source, report)
  local spec = check.spec
  local start = source:call("check", check.name) or 1
  local function line_of(key) return source:line(source:key(key, start) or start) end
  local function line_in(part)
    local from = source:key(part, start) or start
    return function(key) return source:line(source:key(key, from) or from) end
  end
  local function word(value, where)
    if type(value) == "string" then declared(facts, value, line_of(where), report) end
  end
  word(spec.at_least, "at_least")
  for kind, limit in pairs(spec.fresh or {}) do
    if facts.needs[kind] == nil then
      report("E0518", line_of("fresh"), ("`fresh` names %s, which `needs` does not"):format(kind), suggestion(kind, sorted_keys(facts.needs)))
    end
    if type(limit) == "string" and engine.duration(limit) == nil then word(limit, "fresh") end
  end
  if type(spec.over) == "string" and facts.needs[spec.over] == nil then
    report("E0518", line_of("over"), ("`over` names %s, which `needs` does not"):format(spec.over), suggestion(spec.over, sorted_keys(facts.needs)))
  end
  if type(spec.empty) == "string" and spec.over == nil and source:key("empty", start) ~= nil and not source.code:find("empty%s*=%s*true") then
    report("E0516", line_of("empty"), ("`empty` of check %s is never asked: nothing is gone over"):format(check.name),
      "let the condition return `false, { empty = true }` where its records do not exist, or make `empty` a function")
  end
  check_missing(facts, spec, line_in "missing", report)
  check_messages(facts, spec, source, line_in "messages", report)
  local texts = { { text = spec.message, line = line_of("message") } }
  for _, part in ipairs { "missing", "messages" } do
    for key, text in pairs(spec[part] or {}) do texts[#texts + 1] = { text = text, line = line_in(part)(key) } end
  end
  check_placeholders(facts, texts, source, report)
end

--- What Lua 5.4.4 may compile wrongly in a large file, silently: bitwise `and`, `or` and `xor` of constants, and an index by a comparison.
local function check_code(source, report)
  local code = source.code
  for at, sign in code:gmatch("()([&|~]=?)") do
    if sign ~= "~=" then
      report("E0526", source:line(at), "`&`, `|` and `~` are refused in rules: some releases of Lua compile them wrongly in large files",
        "count with arithmetic, or look up in a table")
      break
    end
  end
  for at, index in code:gmatch("[%w_%])]()(%b[])") do
    index = index:gsub("%b()", ""):gsub("[<>][<>]", "")
    if index:find("[<>]") or index:find("[=~]=") then
      report("E0527", source:line(at), "an index by a comparison is refused in rules: some releases of Lua compile it wrongly",
        "put the comparison into a local variable first")
    end
  end
end

--- Checks the names of a rule, or of what an extension adds to one.
---@param rule table {params, needs = map, own_params, checks = those of this file, heard}
---@param source table
---@param report function report(code, line, message, help, severity)
function names.check(rule, source, report)
  local facts = {
    params = rule.params, own_params = rule.own_params, needs = rule.needs, heard = rule.heard, fields = fields_of(rule.needs), words = {},
  }
  for _, word in ipairs(placeholders.words) do facts.words[word] = true end
  check_code(source, report)
  check_params(facts, source, report)
  check_kinds(facts, source, report)
  check_fields(facts, source, report)
  check_limits(facts, source, report)
  for _, check in ipairs(rule.checks) do check_check(facts, check, source, report) end
  local texts = {}
  for _, text in ipairs(rule.heard.says or {}) do
    texts[#texts + 1] = { text = text, line = source:line(source.text:find(text, 1, true)) }
  end
  check_placeholders(facts, texts, source, report)
end

return names
