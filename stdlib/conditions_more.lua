-- Conditions made of conditions (all_of, any_of, given, says) and not_stamped. They keep to what optional, unsupplied kinds mean: a
-- part that reads one is left out, and where no part is left, the whole is.

local base = require "conditions_base"
local dates = require "checks_dates"
local fields = require "fields"
local gaps = require "gaps"
local here = require "context"

local make = {}

local values_of = gaps.values_of

local function checked(name, list)
  for i = 1, list.n do
    if type(list[i]) ~= "function" then
      error(("%s takes conditions; its argument %d is a %s"):format(name, i, type(list[i])), 3)
    end
  end
  return list
end

--- The parts one after the other; the first that is broken speaks. While a broken condition is explained, only what that part
--- reads is kept.
local function in_turn(list, first, member, isms, params)
  local left, dropped = 0, nil
  for i = first, list.n do
    if here.slow and i > first then
      if engine.future() ~= nil then return false, {} end
      engine.mark()
    end
    local ok, second, third, out
    if here.gaps then
      ok, second, out = gaps.attempt(list[i], member, isms, params)
    else
      ok, second, third = list[i](member, isms, params)
    end
    if out ~= nil then
      dropped = out
    else
      left = left + 1
      if not ok then
        if here.thorough then gaps.probe(list, i + 1, list.n, member, isms, params) end
        return false, values_of(second, third)
      end
    end
  end
  if left == 0 and dropped ~= nil then gaps.hand_on(dropped) end
  return true
end

--- All of the conditions hold, judged from left to right.
---@vararg condition
---@return condition
function make.all_of(...)
  local list = checked("all_of", table.pack(...))
  return function(member, isms, params) return in_turn(list, 1, member, isms, params) end
end

--- "Where x, y": the conditions are asked only where `when` holds.
---@param when condition when the others are asked
---@vararg condition
---@return condition
function make.given(when, ...)
  local list = checked("given", table.pack(when, ...))
  if list.n < 2 then error("given needs a condition behind the one that says when", 2) end
  return function(member, isms, params)
    if not when(member, isms, params) then
      if here.thorough then gaps.probe(list, 2, list.n, member, isms, params) end
      return true
    end
    if here.slow then
      if engine.future() ~= nil then return false, {} end
      engine.mark()
    end
    return in_turn(list, 2, member, isms, params)
  end
end

--- The values of several broken alternatives as one: the first has the say, the {why} names all.
local function merge(found)
  local merged, whys = {}, {}
  for _, values in ipairs(found) do
    for name, value in pairs(values) do
      if merged[name] == nil and name ~= "absent" and name ~= "says" and name ~= "named" then merged[name] = value end
    end
    whys[#whys + 1] = values.named ~= nil and values.named[1] or values.why or values.says
  end
  merged.why = #whys > 0 and table.concat(whys, ", and ") or nil
  return merged
end

--- "Either x or y": one of the conditions holds.
---@vararg condition
---@return condition
function make.any_of(...)
  local list = checked("any_of", table.pack(...))
  if list.n == 0 then error("any_of needs conditions", 2) end
  return function(member, isms, params)
    local found, dropped = {}, nil
    for i = 1, list.n do
      local ok, second, third, out
      if here.gaps then
        ok, second, out = gaps.attempt(list[i], member, isms, params)
      else
        ok, second, third = list[i](member, isms, params)
      end
      if out ~= nil then
        dropped = out
      elseif ok then
        if here.thorough then gaps.probe(list, i + 1, list.n, member, isms, params) end
        return true
      else
        found[#found + 1] = values_of(second, third) or {}
      end
    end
    if #found == 0 and dropped ~= nil then
      gaps.hand_on(dropped)
      return true
    end
    return false, #found == 1 and found[1] or merge(found)
  end
end

--- Names a condition: where the check has a message of that name, it speaks; else the text is what {why} says.
---@param name string key of `messages`, or a text, which may hold {placeholders}
---@vararg condition
---@return condition
function make.says(name, ...)
  if type(name) ~= "string" then error("says begins with a name or a text, not with a " .. type(name), 2) end
  local list = checked("says", table.pack(...))
  if list.n == 0 then error("says needs a condition behind its name", 2) end
  base.tell("says", name)
  return function(member, isms, params)
    local ok, values = in_turn(list, 1, member, isms, params)
    if ok then return true end
    local named = { named = { name } }
    for key, value in pairs(values or {}) do
      if key == "named" then
        for i = 1, #value do named.named[i + 1] = value[i] end
      else
        named[key] = value
      end
    end
    return false, named
  end
end

local function follow(record, name)
  return engine.peek(record, name)
end

--- The members of the population whose fields have these values; `same` names the field by whose values they are counted apart.
local function chosen(filter)
  local same, wanted = filter.same, {}
  for name, value in pairs(filter) do
    if name ~= "same" then wanted[#wanted + 1] = { name = name, value = value } end
  end
  local function fits(record)
    for _, want in ipairs(wanted) do
      if follow(record, want.name) ~= want.value then return false end
    end
    return true
  end
  local function groups()
    local found = {}
    local all = here.population or {}
    for i = 1, #all do
      local record = fields.record(all[i])
      if record ~= nil and fits(record) then
        local key = same and follow(record, same) or "all"
        if key ~= nil then
          found[key] = found[key] or {}
          found[key][#found[key] + 1] = record
        end
      end
    end
    return found
  end
  return function(member)
    local record = fields.record(member)
    if record == nil or not fits(record) then return nil end
    local found = gaps.memo(here.counts, filter, groups)
    local key = same and follow(record, same) or "all"
    return found[key], tostring(filter.kind) .. "/" .. tostring(same) .. "/" .. tostring(key)
  end
end

--- The value of the field is not shared by more than `share` percent of the records, once `min` of them have one. The records: a
--- kind (those in the population), a filter over the population with `same` = field that groups them, or a function that gives
--- records and a key of the group.
---@param records string|table|fun(member: any, isms: isms, params: params): any, string? a kind, a filter, or a function
---@param field string
---@param share limit percent of the records that may share a value
---@param min limit how many must have a value before this is judged
---@return condition
function make.not_stamped(records, field, share, min)
  local of = records
  if type(records) == "table" then
    of = chosen(records)
  elseif type(records) ~= "string" and type(records) ~= "function" then
    error("not_stamped begins with a kind, a filter or a function that gives records", 2)
  end
  fields.reader(field)
  base.limited(share, "not_stamped")
  base.limited(min, "not_stamped")
  return function(member, isms, params)
    local all, group = of, nil
    if type(of) == "function" then all, group = of(member, isms, params) end
    if all == nil then return true end
    return dates.not_stamped(fields.record(member), all, field, here.limit(share, member), here.limit(min, member), group)
  end
end

return make
