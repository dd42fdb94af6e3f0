-- Building blocks about registers that must agree, actions that follow from something, and results of risk and audit.

local dates = require "checks_dates"
local fields = require "fields"
local gaps = require "gaps"
local here = require "context"
local words = require "checks_words"

local registers = {}

local function key_of(value)
  if engine.is(value) == "record" then return engine.origin(value, "key") end
  return value
end

--- Whether some record of `records` leads to this one by `field`: the field holds its key (or a list that does), or, where it is
--- no reference, the same word.
---@param subject any the record judged, or a word
---@param records any kind, collection or list
---@param field string
---@return boolean ok
---@return record|nil record the first that does
function registers.covers(subject, records, field)
  if subject == nil then return false end
  if type(records) == "string" then records = here.isms[records] end
  if records == nil or #records == 0 then return false end
  local info = fields.info(engine.origin(records[1], "kind"), field)
  if info ~= nil and fields.refers(info) then
    if engine.is(records) == "collection" then
      local found = records:first { [field] = subject }
      return found ~= nil, found
    end
    local key = key_of(subject)
    for i = 1, #records do
      local value = engine.peek(records[i], info.key_name)
      if value == key or (engine.is(value) == "list" and words.has(value, key)) then return true, records[i] end
    end
    return false
  end
  local word = subject
  if engine.is(subject) == "record" then
    word = engine.field(engine.origin(subject, "kind"), field) and subject[field] or key_of(subject)
  end
  for i = 1, #records do
    local value = records[i][field]
    if words.same_name(value, word) or (engine.is(value) == "list" and words.holds(value, word)) then return true, records[i] end
  end
  return false
end

local action_kinds = { "improvements", "nonconformities", "treatments", "changes" }
local ends = { improvements = "completed_at", nonconformities = "closed_at", treatments = "completed_at", changes = "implemented_at" }
local unknown = engine.freeze { status = "open" } -- rules get it, and all of them the same

--- The action that an id (or the record itself) stands for, among those of the four kinds that the rule needs and the bundle
--- supplies. Where it supplies none of them, any id that is not blank is an action, open and without dates.
---@param id any
---@return any record, or a table with a status
function registers.action(id)
  if id == nil then return nil end
  if engine.is(id) == "record" then return ends[engine.origin(id, "kind")] ~= nil and id or nil end
  local supplied = false
  for _, kind in ipairs(action_kinds) do
    local records = here.reach(kind)
    if records ~= nil then
      local found = records:first { id = id }
      if found ~= nil then return found end
      supplied = supplied or not here.missing[kind]
    end
  end
  if supplied or not id:find("%S") then return nil end
  return unknown
end

local function given_up(action)
  return action.status == "cancelled" or action.status == "rejected"
end

local function finished_at(action)
  if action == unknown then return nil end
  return action[ends[engine.origin(action, "kind")]]
end

--- Whether an action is neither given up nor late: ended by as_of, or due only later.
---@param action any
---@return boolean
function registers.on_track(action)
  if action == nil or given_up(action) then return false end
  if finished_at(action) <= here.as_of then return true end
  if action == unknown then return false end
  if engine.origin(action, "kind") == "changes" then return action.status == "requested" or action.status == "approved" end
  return action.due_at >= here.as_of
end

local function actions(ids)
  local found = {}
  for i = 1, #ids do
    local action = registers.action(ids[i])
    if action ~= nil and not given_up(action) then found[#found + 1] = action end
  end
  return found
end

--- Whether at least one of the ids leads to an action that was not given up.
---@param ids any
---@return boolean ok
---@return values|nil values
function registers.followed_up(ids)
  if #actions(ids) > 0 then return true end
  return false, { value = ids, why = #ids == 0 and "no action followed" or "none of its actions is known and still wanted" }
end

--- Whether actions followed and each that was not given up has ended by as_of.
---@param ids any
---@return boolean ok
---@return values|nil values
function registers.finished(ids)
  local found = actions(ids)
  if #found == 0 then return registers.followed_up(ids) end
  local open = {}
  for _, action in ipairs(found) do
    local done = finished_at(action) <= here.as_of
    if not done then open[#open + 1] = action end
  end
  if #open == 0 then return true end
  local named = {}
  for _, action in ipairs(open) do
    if action ~= unknown then named[#named + 1] = action end
  end
  return false, { ids = named, n = #open, why = #named == 0 and "its actions are not known to be finished" or "not finished: {ids}" }
end

local function risk_of(risk)
  if risk == nil then return nil end
  return here.risks[key_of(risk)]
end

--- The score of a risk before controls, by the risk model.
---@param risk record|string|nil
---@return number|nil
function registers.inherent(risk)
  local entry = risk_of(risk)
  return entry and entry.inherent and entry.inherent.score
end

--- The score that the risk model derives from the inherent one and the effectiveness of controls; never the stated one.
---@param risk record|string|nil
---@return number|nil
function registers.derived_residual(risk)
  local entry = risk_of(risk)
  return entry and entry.residual and entry.residual.score
end

--- The credit, 0 to 1, that the risk model gives a control for its own result.
---@param control string
---@return number
function registers.effectiveness(control)
  local result = here.results[control]
  if result == nil then return 0 end
  if result.credit ~= nil then return result.credit end
  if result.status == "effective" then return 1 end
  if result.status == "partially_effective" and result.score ~= nil then return result.score / 100 end
  return 0
end

local conclusive = { effective = true, partially_effective = true, ineffective = true }

--- Whether a control has a result that says how well it works.
---@param control string
---@return boolean
function registers.evaluated(control)
  local result = here.results[control]
  return result ~= nil and conclusive[result.status] == true
end

--- The ids in scope of all completed audits of a kind whose completion lies within that time.
---@param kind string
---@param d any duration
---@return table
function registers.assessed_scope(kind, d)
  return gaps.keep("assessed/" .. kind .. "/" .. engine.to_text(d), function()
    local ids = {}
    for audit in here.isms.audits:where { kind = kind, status = "completed" } :each() do
      if dates.within(engine.peek(audit, "completed_at"), d) then ids = words.join(ids, engine.peek(audit, "scope")) end
    end
    return words.distinct(ids)
  end)
end

registers.reads = {
  action = { "improvements?", "nonconformities?", "treatments?", "changes?" },
  followed_up = { "improvements?", "nonconformities?", "treatments?", "changes?" },
  finished = { "improvements?", "nonconformities?", "treatments?", "changes?" },
  on_track = { "improvements?", "nonconformities?", "treatments?", "changes?" },
  assessed_scope = { "audits" },
}

return registers
