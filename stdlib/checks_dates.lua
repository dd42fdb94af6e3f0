-- Building blocks about dates: within, timely, recent, newest, not_stamped …

local here = require "context"
local show = require "show"

local dates = {}

local function collect(records)
  if type(records) == "string" then return here.isms[records] end
  return records
end

--- How far a date is over its limit, as a share of the limit; nil where that cannot be told.
local function overdue(age, limit)
  if age == nil or limit == nil or limit.seconds <= 0 then return nil end
  local over = age.seconds / limit.seconds - 1
  return over > 0 and over or nil
end

--- What a message can say about a date that lies too far back, or ahead.
---@param t any date or time
---@param d any duration
---@return table
function dates.age(t, d)
  if t == nil or d == nil then return {} end
  local age = here.as_of - t
  return { days = age, minutes = age, limit = d, value = t, overdue = overdue(age, d) }
end

--- as_of - d <= t <= as_of.
---@param t any date or time
---@param d any duration
---@return boolean ok
---@return values|nil values
function dates.within(t, d)
  local as_of = here.as_of
  if as_of - d <= t and t <= as_of then return true end
  return false, dates.age(t, d)
end

--- Whether t lies in the period judged, which the param `lookback` gives.
---@param t any date or time
---@return boolean ok
---@return values|nil values
function dates.in_period(t)
  return dates.within(t, here.params.lookback)
end

--- The latest of those that are filled; nil where none is.
---@vararg any
---@return any
function dates.latest(...)
  local found
  for i = 1, select("#", ...) do
    local t = select(i, ...)
    if t ~= nil and (found == nil or found < t) then found = t end
  end
  return found
end

--- The earliest (of durations the shortest, of numbers the least) of those that are filled; nil where none is.
---@vararg any
---@return any
function dates.earliest(...)
  local found
  for i = 1, select("#", ...) do
    local t = select(i, ...)
    if t ~= nil and (found == nil or t < found) then found = t end
  end
  return found
end

dates.shortest = dates.earliest

--- Whether the filled ones never go back from left to right.
---@vararg any
---@return boolean ok
---@return values|nil values
function dates.in_order(...)
  local before
  for i = 1, select("#", ...) do
    local t = select(i, ...)
    if t ~= nil then
      if before ~= nil and t < before then
        local late = before - t
        return false, { value = t, days = late, minutes = late, why = show.text(t) .. " comes before " .. show.text(before) }
      end
      before = t
    end
  end
  return true
end

--- Whether none of the filled ones lies after as_of.
---@vararg any
---@return boolean ok
---@return values|nil values
function dates.not_future(...)
  local as_of = here.as_of
  for i = 1, select("#", ...) do
    local t = select(i, ...)
    if t ~= nil and as_of < t then return false, { value = t, days = t - as_of, why = show.text(t) .. " is in the future" } end
  end
  return true
end

--- Whether a review took place no longer ago than the interval; never where there was none.
---@param t any date of the latest review
---@param d any duration: the interval
---@return boolean ok
---@return values|nil values
function dates.reviewed_within(t, d)
  return dates.within(t, d)
end

local function chosen(records, filter)
  if engine.is(records) == "collection" then return records:where(filter) end
  local kept = {}
  for i = 1, #records do
    if filter(records[i]) then kept[#kept + 1] = records[i] end
  end
  return kept
end

--- Of these records the one with the latest value of `field` that is not after as_of; with equal values the last one.
---@param records any kind, collection or list
---@param field string
---@param filter function|table|nil only these of them
---@return record|nil
function dates.newest(records, field, filter)
  records = collect(records)
  if records == nil then return nil end
  if filter ~= nil then records = chosen(records, filter) end
  local as_of, best, value = here.as_of, nil, nil
  for i = 1, #records do
    local record = records[i]
    local t = engine.peek(record, field)
    if t ~= nil and t <= as_of and (value == nil or value <= t) then best, value = record, t end
  end
  return best
end

--- Whether the newest of these records (by `field`, none after as_of) is no older than the interval.
---@param records any kind, collection or list
---@param field string
---@param d any duration: the interval
---@return boolean ok
---@return record|nil newest the newest record, recent or not
---@return values|nil values for the message
function dates.recent(records, field, d)
  local record = dates.newest(records, field)
  local t
  if record ~= nil then t = record[field] end
  if dates.within(t, d) then return true, record end
  local values = dates.age(t, d)
  values.limit = d
  values.other = record
  if t == nil then
    values.why = "there is none"
  else
    values.why = ("the last one is of %s, %s ago"):format(show.text(t), show.days(values.days))
  end
  return false, record, values
end

--- Whether a time allowed, which began at `from`, is over: from + d < as_of. Where as_of is a day and `d` counts hours or minutes, as_of
--- stands for the end of that day; days are compared with days.
---@param from any date or time
---@param d any duration: the time allowed
---@return boolean
function dates.passed(from, d)
  local due, as_of = from + d, here.as_of
  if due == nil then return false end
  if as_of.is_date and not (as_of - d).is_date then return due <= as_of end
  return due < as_of
end

--- Whether something was done within its time, or that time is not up yet. It does not ask that `to` comes after `from`.
---@param from any when the time began
---@param to any when it was done; empty while it is open
---@param d any duration: the time allowed
---@return boolean ok
---@return values|nil values
function dates.timely(from, to, d)
  if from == nil then return false, {} end
  local due, as_of = from + d, here.as_of
  if to ~= nil then
    if to <= due and to <= as_of then return true end
  elseif not dates.passed(from, d) then
    return true
  end
  local took = (to or as_of) - from
  return false, { days = took, minutes = took, limit = d, value = to, overdue = overdue(took, d) }
end

local function value_key(value)
  if value == nil then return nil end
  if engine.is(value) == "record" then return engine.origin(value, "key") or tostring(value) end
  return engine.to_text(value)
end

--- How often each value of a field occurs.
local function tally(records, field)
  local counts, total = {}, 0
  for i = 1, #records do
    local record = records[i]
    if type(record) == "table" then record = record.record end
    local key = record ~= nil and value_key(engine.peek(record, field)) or nil
    if key ~= nil then
      counts[key] = (counts[key] or 0) + 1
      total = total + 1
    end
  end
  return { counts = counts, total = total }
end

--- Whether a record's value of a field is not one that suspiciously many records share.
---@param record record
---@param records any kind (its records in the population, else all), collection or list
---@param field string
---@param share number percent up to which equal values are normal
---@param min number how many filled values there must be for judging
---@param group any where `records` depends on the record: what it depends on
---@return boolean ok
---@return values|nil values
function dates.not_stamped(record, records, field, share, min, group)
  if record == nil then return false, {} end
  local key = value_key(record[field])
  if key == nil then return true end
  local source = type(records) == "string" and records or "records"
  local name = ("not_stamped/%s/%s/%s"):format(source, field, tostring(group))
  local found = here.counts[name]
  if found == nil or (group == nil and source == "records" and found.records ~= records) then
    local all = records
    if type(records) == "string" then all = here.population or here.isms[records] end
    found = tally(all, field)
    found.records = records
    here.counts[name] = found
  end
  local n = found.counts[key] or 0
  if found.total < min or 100 * n <= share * found.total then return true end
  return false, {
    n = n, share = 100 * n / found.total, limit = share, value = record[field],
    why = ("%s %s stands in %d of %d records"):format(field, show.text(record[field]), n, found.total),
  }
end

--- The moment up to which the evidence knows a kind: the newest collected_at of its documents, at the latest as_of.
---@param kind string
---@return any
function dates.collected(kind)
  return here.isms[kind].collected_at
end

--- Whether the newest export of a kind is recent enough to tell the present state.
---@param kind string
---@param d any duration
---@return boolean ok
---@return values|nil values
function dates.fresh(kind, d)
  local t = dates.collected(kind)
  if t >= here.as_of - d then return true end
  return false, dates.age(t, d)
end

dates.params = { in_period = { "lookback" } }
dates.private = { age = true }

return dates
