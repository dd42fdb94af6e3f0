-- The ready-made conditions about dates. Each constructor gives a function (member, isms, params) → true, or false and values for
-- the message, a {why} among them.

local base = require "conditions_base"
local dates = require "checks_dates"
local here = require "context"
local show = require "show"

local reader, limited, lacking = base.reader, base.limited, base.lacking

local make = {}

local function dated(field, t, limit)
  local values = dates.age(t, limit)
  if t > here.as_of then
    values.why = ("%s lies in the future: %s"):format(field, show.text(t))
  else
    values.why = ("%s is %s, %s ago"):format(field, show.text(t), show.days(values.days))
  end
  return values
end

--- The date lies no further back than the limit, and not in the future.
---@param field string name of a field, also through references: "person.end_date"
---@param limit limit name of a param, a duration or a number
---@return condition
function make.within(field, limit)
  local read = reader(field)
  limited(limit, "within")
  return function(member)
    local t, d = read(member), here.limit(limit, member)
    if dates.within(t, d) then return true end
    if t == nil then return false, lacking(field) end
    return false, dated(field, t, d)
  end
end

--- The date lies in the period, which `lookback` gives.
---@param field string name of a field, also through references: "person.end_date"
---@return condition
function make.in_period(field)
  return make.within(field, "lookback")
end

--- The latest of the dates lies no further back than the limit, which comes last.
---@vararg limit names of fields, and behind them the limit: the name of a param or a duration
---@return condition
function make.reviewed_within(...)
  local n = select("#", ...)
  if n < 2 then error("reviewed_within needs one field or more, and then the interval", 2) end
  local names, readers = { ... }, {}
  local limit = limited(table.remove(names), "reviewed_within")
  for i, name in ipairs(names) do readers[i] = reader(name) end
  return function(member)
    local t, name
    for i = 1, n - 1 do
      local other = readers[i](member)
      if other ~= nil and (t == nil or t < other) then t, name = other, names[i] end
    end
    local d = here.limit(limit, member)
    if dates.within(t, d) then return true end
    if t == nil then return false, lacking(names[1]) end
    return false, dated(name, t, d)
  end
end

--- None of the dates that are filled lies in the future.
---@vararg string names of fields
---@return condition
function make.not_future(...)
  local names, readers = { ... }, {}
  for i, name in ipairs(names) do readers[i] = reader(name) end
  return function(member)
    for i = 1, #names do
      local t = readers[i](member)
      if t ~= nil and t > here.as_of then return false, dated(names[i], t) end
    end
    return true
  end
end

--- The dates that are filled never go back from left to right.
---@vararg string names of fields, in the order in which their dates must lie
---@return condition
function make.in_order(...)
  local names, readers = { ... }, {}
  for i, name in ipairs(names) do readers[i] = reader(name) end
  return function(member)
    local before, before_name
    for i = 1, #names do
      local t = readers[i](member)
      if t ~= nil then
        if before ~= nil and t < before then
          local early = before - t
          return false, { value = t, days = early, minutes = early,
            why = ("%s %s comes before %s %s"):format(names[i], show.text(t), before_name, show.text(before)) }
        end
        before, before_name = t, names[i]
      end
    end
    return true
  end
end

--- The second date is filled and does not come before the first.
---@param from string field with the earlier date
---@param to string field with the later date
---@return condition
function make.follows(from, to)
  local read_from, read_to = reader(from), reader(to)
  return function(member)
    local a, b = read_from(member), read_to(member)
    if b >= a then return true end
    if b == nil then return false, lacking(to) end
    if a == nil then return false, lacking(from) end
    return false, { value = b, days = a - b, minutes = a - b, why = ("%s %s comes before %s %s"):format(to, show.text(b), from, show.text(a)) }
  end
end

--- The date lies from another one up to so long after it.
---@param field string name of a field, also through references: "person.end_date"
---@param from string field with the date from which the time counts
---@param limit limit name of a param, a duration or a number
---@return condition
function make.from_to(field, from, limit)
  local read, read_from = reader(field), reader(from)
  limited(limit, "from_to")
  return function(member)
    local t, start, d = read(member), read_from(member), here.limit(limit, member)
    if t >= start and t <= start + d then return true end
    if t == nil then return false, lacking(field) end
    if start == nil then return false, lacking(from) end
    local took = t - start
    local values = { value = t, days = took, minutes = took, limit = d }
    if t < start then
      values.why = ("%s %s comes before %s %s"):format(field, show.text(t), from, show.text(start))
    else
      values.why = ("%s %s is later than %s after %s"):format(field, show.text(t), show.text(d), from)
    end
    return false, values
  end
end

--- What began at `from` was done within the limit, or its time is not up yet.
---@param from string field with the date when it began
---@param to string field with the date when it was done
---@param limit limit name of a param, a duration or a number
---@return condition
function make.timely(from, to, limit)
  local read_from, read_to = reader(from), reader(to)
  limited(limit, "timely")
  return function(member)
    local start, done, d = read_from(member), read_to(member), here.limit(limit, member)
    local ok, values = dates.timely(start, done, d)
    if ok then return true end
    if start == nil then return false, lacking(from) end
    if done == nil then
      values.absent = to
      values.why = ("%s is empty after %s, allowed are %s"):format(to, show.text(show.days(values.days)), show.text(d))
    else
      values.why = ("%s came after %s, allowed are %s"):format(to, show.text(show.days(values.days)), show.text(d))
    end
    return false, values
  end
end

return make
