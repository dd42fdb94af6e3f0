-- Fields that a kind does not have, words that a field does not know, methods that collections do not have: where the kind can be told
-- from the text of the rule.

local types_of = require "lint.types"

local fields = {}

--- Which arguments of the ready-made conditions name fields of the member: numbers, or "all", or "but_last".
local NAMES = {
  filled = { 1 }, has_items = { 1 }, not_blank = { 1 }, empty = { 1 }, is_true = { 1 }, is_false = { 1 }, one_of = { 1 }, none_of = { 1 },
  holds_one = { 1 }, at_least = { 1 }, at_most = { 1 }, owned = { 1 }, engaged = { 1, 2 }, substantive = { 1 }, within = { 1 }, in_period = { 1 },
  reviewed_within = "but_last", not_future = "all", in_order = "all", follows = { 1, 2 }, from_to = { 1, 2 }, timely = { 1, 2 },
  never_self = { 1, 2 }, same = { 1, 2 }, differs = { 1, 2 },
}
--- Of these the arguments behind the field are words of it (or the name of a param).
local WORDS = { one_of = true, none_of = true, holds_one = true }

local function meant(word, list)
  local near = engine.suggest(word, list)
  return near and ("did you mean `%s`?"):format(near) or nil
end

local function names_of(kind)
  local list = {}
  for _, field in ipairs(engine.kind(kind).fields) do
    list[#list + 1] = field.name
    if field.record_name ~= nil then list[#list + 1] = field.record_name end
    if field.key_name ~= nil then list[#list + 1] = field.key_name end
  end
  return list
end

local function unknown(file, at, kind, name)
  file:report("E0836", at, ("%s has no field `%s`"):format(kind, name), meant(name, names_of(kind)))
end

--- Whether a field can have this word; unknown words are told of. The ready-made conditions compare folded words, Lua does not.
local function check_word(file, at, kind, field, word, folded)
  if field.words == nil or type(word) ~= "string" then return end
  for _, known in ipairs(field.words) do
    if known == word or (folded and engine.fold(known) == engine.fold(word)) then return end
  end
  file:report("W0837", at, ("`%s` of %s is never \"%s\""):format(field.name, kind, word),
    meant(word, field.words) or "its words: " .. table.concat(field.words, ", "))
end

local DATES = { date = true, time = true }

--- What a field is held against.
local function check_value(file, kind, field, value)
  if value.type ~= "text" then return end
  if field.words ~= nil then
    check_word(file, value, kind, field, value.value)
  elseif DATES[field.type] then
    file:report("W0838", value, ("`%s` of %s is a %s, which no text equals"):format(field.name, kind, field.type),
      engine.time(value.value) ~= nil and ("write date \"%s\""):format(value.value) or nil)
  elseif field.type == "boolean" then
    file:report("W0838", value, ("`%s` of %s is true or false, which no text equals"):format(field.name, kind), "write it without quotes")
  end
end

local function check_filter(file, kind, filter)
  for _, entry in ipairs(filter) do
    local name, value = entry.name, entry[#entry]
    if name ~= nil then
      local field = engine.field(kind, name)
      if field == nil then
        unknown(file, entry, kind, name)
      elseif value.type == "table" then
        for _, item in ipairs(value) do check_value(file, kind, field, item[#item]) end
      elseif name ~= field.record_name then
        check_value(file, kind, field, value)
      end
    end
  end
end

local function check_call(file, types, call)
  local object = types:of(call[1])
  if object == nil or object.is ~= "collection" then return end
  local known = false
  for _, name in ipairs(types_of.METHODS) do known = known or name == call.method end
  if not known then
    file:report("E0839", call, ("a collection has no method `%s`"):format(call.method), meant(call.method, types_of.METHODS))
    return
  end
  local first = call[2]
  if first == nil then return end
  if types_of.FILTERED[call.method] and first.type == "table" then
    check_filter(file, object.kind, first)
  elseif types_of.NAMED[call.method] and first.type == "text" and engine.field(object.kind, first.value) == nil then
    unknown(file, first, object.kind, first.value)
  end
end

local function check_index(file, types, index)
  if index.name == nil then return end
  local object = types:of(index[1])
  if object == nil or object.is ~= "record" or engine.field(object.kind, index.name) ~= nil then return end
  unknown(file, file.tokens[index.last], object.kind, index.name)
end

local EQUAL = { ["=="] = true, ["~="] = true }

local function check_comparison(file, types, node)
  for i = 1, 2 do
    local left, right = types:of(node[i]), node[3 - i]
    if left ~= nil and left.is == "value" and right.type == "text" then
      if EQUAL[node.sign] then check_value(file, left.kind, left.field, right) end
    end
  end
end

--- The kind and field at the end of a path such as "person.end_date"; reports the step that is not there.
local function follow(file, at, kind, path)
  local steps = {}
  for step in path:gmatch("[^.]+") do steps[#steps + 1] = step end
  for i, step in ipairs(steps) do
    local field = engine.field(kind, step)
    if field == nil then
      unknown(file, at, kind, step)
      return nil
    end
    if i == #steps then return field, kind end
    if field.target == nil or field.type == "list" then return nil end
    kind = field.target
  end
  return nil
end

local function named_arguments(name, count)
  local which = NAMES[name]
  if type(which) == "table" then return which end
  local list = {}
  for i = 1, which == "all" and count or count - 1 do list[i] = i end
  return list
end

local function check_condition(file, types, call, params)
  local name = file:global(call[1])
  if name == nil or NAMES[name] == nil then return end
  local check, key = types:check_of(call)
  if check == nil or key ~= "expect" then return end
  local member = types:member(check)
  if member == nil or member.is ~= "record" then return end
  local field, kind
  for _, i in ipairs(named_arguments(name, #call - 1)) do
    local argument = call[i + 1]
    if argument ~= nil and argument.type == "text" then
      local found, of = follow(file, argument, member.kind, argument.value)
      if i == 1 then field, kind = found, of end
    end
  end
  if not WORDS[name] or field == nil then return end
  for i = 3, #call do
    local argument = call[i]
    if argument.type == "text" and params[argument.value] == nil then
      check_word(file, argument, kind, field, argument.value, true)
    elseif argument.type == "table" then
      for _, item in ipairs(argument) do
        if item[#item].type == "text" then check_word(file, item[#item], kind, field, item[#item].value, true) end
      end
    end
  end
end

--- Looks for fields, words and methods that are not there.
---@param file table lint.file
---@param types table lint.types of it
---@param params table|nil name → … of the rule's params; nil where the rule cannot be loaded, and the loader has told of the fields that
--- conditions name
function fields.check(file, types, params)
  for _, index in ipairs(file.indexes) do check_index(file, types, index) end
  for _, call in ipairs(file.calls) do
    if call.method ~= nil then check_call(file, types, call) elseif params ~= nil then check_condition(file, types, call, params) end
  end
  for _, node in ipairs(file.binaries) do check_comparison(file, types, node) end
end

fields.NAMES = NAMES

return fields
