-- Building blocks about incidents, plans and exercises, backups, systems and changes.

local dates = require "checks_dates"
local fields = require "fields"
local gaps = require "gaps"
local here = require "context"
local people = require "checks_people"
local show = require "show"

local operations = {}

local levels = { low = 1, medium = 2, high = 3, critical = 4 }

--- Severities as numbers: low 1, medium 2, high 3, critical 4.
---@param severity string|nil
---@return integer|nil
function operations.level(severity)
  return severity ~= nil and levels[severity] or nil
end

--- Whether an incident, event or notice is high or critical.
---@param record record|nil
---@return boolean
function operations.serious(record)
  return record ~= nil and operations.level(record.severity) >= 3
end

local function followed(kind)
  return here.needs[kind] ~= nil and not here.missing[kind]
end

--- Whether a response plan is active, approved by another than its owner, approved or reviewed within plan_review_interval,
--- and its owner still engaged.
---@param plan record|nil
---@return boolean ok
---@return values|nil values
function operations.plan_in_force(plan)
  if plan == nil then return false, {} end
  if plan.status ~= "active" then return false, { why = "it is " .. plan.status, value = plan.status } end
  local approver = fields.reference(plan, "approved_by", followed)
  if approver == nil then return false, { why = "it has no approver", absent = "approved_by" } end
  if not people.never_self(approver, fields.reference(plan, "owner", followed)) then
    return false, { why = "it was approved by its owner" }
  end
  local approved_at = plan.approved_at
  if approved_at == nil then return false, { why = "its approval carries no date", absent = "approved_at" } end
  if approved_at > here.as_of then return false, { why = "its approval lies in the future" } end
  local t, limit = dates.latest(approved_at, plan.reviewed_at), here.params.plan_review_interval
  if not dates.within(t, limit) then
    local values = dates.age(t, limit)
    values.why = ("it was last approved or reviewed %s ago"):format(show.days(values.days))
    if t > here.as_of then values.why = "its review lies in the future" end
    return false, values
  end
  local owner = plan.owner
  if owner == nil then return false, { why = "it has no owner", absent = "owner" } end
  return people.engaged(owner)
end

--- Whether an exercise was really held.
---@param exercise record|nil
---@return boolean
function operations.held_exercise(exercise)
  return exercise ~= nil and exercise.status == "done" and exercise.performed_at <= here.as_of
end

--- The exercises of a plan that were held, in the order of performed_at.
---@param plan record|nil
---@return table
function operations.exercises_of(plan)
  if plan == nil then return {} end
  local found = {}
  for exercise in here.isms.exercises:where { plan_ids = plan } :each() do
    if operations.held_exercise(exercise) then found[#found + 1] = exercise end
  end
  for i = 2, #found do -- few, and equal dates keep their order
    local exercise, k = found[i], i - 1
    local t = engine.peek(exercise, "performed_at")
    while k > 0 and engine.peek(found[k], "performed_at") > t do
      found[k + 1] = found[k]
      k = k - 1
    end
    found[k + 1] = exercise
  end
  return found
end

local backed_types = { hardware = true, software = true, service = true, cloud_resource = true }

--- Whether an asset is part of what runs in production: in use, nobody's own device, and not said to be for anything else.
---@param asset record|nil
---@return boolean
function operations.production(asset)
  if asset == nil or asset.status ~= "in_use" or not backed_types[asset.type] then return false end
  if fields.reference(asset, "assigned_to", followed) ~= nil then return false end
  local environment = asset.environment
  return environment == nil or environment == "production"
end

--- The shortest value of a field among the impact analyses that hold an asset; nil where there is none.
local function shortest(asset, field)
  if asset == nil then return nil end
  local analyses = here.reach("impact_analyses")
  if analyses == nil then return nil end
  local found = gaps.keep("shortest/" .. field, function()
    local by_asset = {}
    for analysis in analyses:each() do
      local value = engine.peek(analysis, field)
      local assets = engine.peek(analysis, "assets")
      for i = 1, value == nil and 0 or #assets do
        by_asset[assets[i]] = dates.shortest(by_asset[assets[i]], value)
      end
    end
    return by_asset
  end)
  return found[asset]
end

--- How much data of an asset, in time, may be lost at most, by the impact analyses.
---@param asset record|nil
---@return any duration
function operations.rpo(asset)
  return shortest(asset, "rpo")
end

--- How long it may take at most to have an asset back, by the impact analyses.
---@param asset record|nil
---@return any duration
function operations.rto(asset)
  return shortest(asset, "rto")
end

--- Whether a backup run succeeded: it ended after it began, and is not known to have saved nothing.
---@param run record|nil
---@return boolean
function operations.good_run(run)
  if run == nil or (run.status ~= "success" and run.status ~= "warning") then return false end
  local bytes = run.bytes
  return run.ended_at >= run.started_at and (bytes == nil or bytes > 0)
end

local approved_status = { approved = true, implemented = true, closed = true }

--- Whether a change was approved by another than its requester by the time `t`; an emergency within `grace` after it.
---@param change record|nil
---@param t any date or time
---@param grace any duration
---@return boolean ok
---@return values|nil values
function operations.approved_change(change, t, grace)
  if change == nil then return false, { why = "it names no change that is registered" } end
  local name = show.record(change)
  if not approved_status[change.status] then
    return false, { other = change, value = change.status, why = ("%s is %s"):format(name, change.status) }
  end
  local approver = fields.reference(change, "approved_by", followed)
  if approver == nil then return false, { other = change, why = name .. " has no approver" } end
  if not people.never_self(approver, fields.reference(change, "requested_by", followed)) then
    return false, { other = change, why = name .. " was approved by the one who asked for it" }
  end
  local limit = t
  if change.kind == "emergency" then limit = t + grace end
  local approved_at = change.approved_at
  if approved_at <= limit then return true end
  if approved_at == nil then return false, { other = change, why = name .. " has no date of approval" } end
  local late = approved_at - limit
  return false, { other = change, value = approved_at, days = late, minutes = late, why = name .. " was approved only on " .. show.text(approved_at) }
end

operations.params = { plan_in_force = { "plan_review_interval" } }
operations.reads = {
  plan_in_force = { "response_plans", "people" }, held_exercise = { "exercises" }, exercises_of = { "exercises" },
  production = { "assets" }, rpo = { "impact_analyses?" }, rto = { "impact_analyses?" }, good_run = { "backup_runs" },
  approved_change = { "changes?" },
}

return operations
