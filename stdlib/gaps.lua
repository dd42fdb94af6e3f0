-- Evidence that is not supplied: what is noted while conditions read it, and which of them are left out for it.
-- A required kind makes the check lack evidence; an optional one takes the condition (or the alternative) away.

local here = require "context"

local gaps = {}

--- Moves what the engine has noted since the last time into `set`.
---@param set table
local function sweep(set)
  if not engine.missed() then return end
  for _, kind in ipairs(engine.unsupplied()) do set[kind] = true end
  engine.mark_kinds()
end

--- Starts afresh; what was noted before is forgotten.
function gaps.clear()
  engine.mark_kinds()
  if next(here.noted) ~= nil then here.noted = {} end
end

local nothing = {}

--- What was read since `gaps.clear` although it is not supplied.
---@return table required kind → true
---@return table optional kind → true
---@return boolean any
function gaps.taken()
  sweep(here.noted)
  if next(here.noted) == nil then return nothing, nothing, false end
  local required, optional = {}, {}
  for kind in pairs(here.noted) do
    if here.needs[kind] == "required" then required[kind] = true else optional[kind] = true end
  end
  return required, optional, true
end

--- The table of values for the message among what a condition or block returned behind its verdict.
---@param second any
---@param third any
---@return table|nil
function gaps.values_of(second, third)
  if type(second) == "table" then return second end
  if type(third) == "table" then return third end
  return nil
end

local spare -- a table in which nothing is noted, to be used again

--- Calls a condition inside another one.
---@param condition function
---@param member any
---@param isms table
---@param params table
---@return any ok
---@return table|nil values
---@return table|nil left_out the optional kinds for which it has to be left out
function gaps.attempt(condition, member, isms, params)
  local outer, own = here.noted, spare or {}
  sweep(outer)
  here.noted, spare = own, nil
  local ok, second, third = condition(member, isms, params)
  local required, optional, any = gaps.taken()
  here.noted = outer
  if not any then
    spare = own
    return ok, gaps.values_of(second, third), nil
  end
  for kind in pairs(required) do
    here.lacking[kind] = true
    outer[kind] = true
  end
  if next(optional) == nil then optional = nil end
  return ok, gaps.values_of(second, third), optional
end

--- "people?" → "people": kinds that a block does without.
local gentle = setmetatable({}, {
  __index = function(self, kind)
    local plain = kind:sub(-1) == "?" and kind:sub(1, -2) or nil
    rawset(self, kind, plain or false)
    return plain
  end,
})

--- Counts kinds as read that a block reads by its definition, also where it has settled the matter before it came to them.
---@param kinds string[] with ? the block does without them
function gaps.touch(kinds)
  local missing = here.missing
  for i = 1, #kinds do
    local kind = kinds[i]
    if missing[kind] then
      here.noted[kind] = true
    elseif gentle[kind] then
      kind = gentle[kind]
      if missing[kind] and here.needs[kind] == "required" then here.noted[kind] = true end
    end
  end
end

--- Calls conditions only to see what they read: where a required kind is missing, it counts whatever the others say. Errors count
--- for nothing, since these conditions would not have been asked.
---@param list function[]
---@param first integer
---@param last integer
---@param member any
---@param isms table
---@param params table
function gaps.probe(list, first, last, member, isms, params)
  for i = first, last do
    local outer = here.noted
    engine.try(gaps.attempt, list[i], member, isms, params)
    if here.noted ~= outer then -- it ended in an error
      sweep(here.noted)
      for kind in pairs(here.noted) do
        if here.needs[kind] == "required" then
          here.lacking[kind] = true
          outer[kind] = true
        end
      end
      here.noted = outer
    end
  end
end

--- Hands kinds on to the enclosing condition: it is to be left out as well.
---@param kinds table
function gaps.hand_on(kinds)
  for kind in pairs(kinds) do here.noted[kind] = true end
end

--- Remembers in `cache` what `compute` gives, together with what it found missing, which counts again each time.
---@param cache table
---@param key any
---@param compute function
---@return any
function gaps.memo(cache, key, compute)
  local found = cache[key]
  if found == nil then
    if here.gaps then
      local outer = here.noted
      sweep(outer)
      here.noted = {}
      found = { value = compute() }
      sweep(here.noted)
      if next(here.noted) ~= nil then found.noted = here.noted end
      here.noted = outer
    else
      found = { value = compute() }
    end
    cache[key] = found
  end
  if found.noted ~= nil then gaps.hand_on(found.noted) end
  return found.value
end

--- The same, for the rest of the rule.
---@param key any
---@param compute function
---@return any
function gaps.keep(key, compute)
  return gaps.memo(here.cache, key, compute)
end

--- A view of isms that notes which kinds were asked for, and that an organisation which the manifest does not state was read.
---@param isms table
---@param asked table filled with kind → true
---@return table
function gaps.view(isms, asked)
  return setmetatable({}, {
    __index = function(_, name)
      local value = isms[name]
      if name == "organization" then
        if value == nil then here.noted.organization = true end
      elseif engine.is(value) == "collection" then
        asked[name] = true
      end
      return value
    end,
    __newindex = function() error("isms is read-only", 2) end,
    __metatable = false,
  })
end

--- Names of a set, sorted.
---@param set table
---@return string[]
function gaps.names(set)
  local names = {}
  for name in pairs(set) do names[#names + 1] = name end
  table.sort(names)
  return names
end

return gaps
