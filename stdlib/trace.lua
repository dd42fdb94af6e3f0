-- Judges one record once more, condition by condition: which checks go over it, what each condition says of it, and what was read to
-- say so. The verdict stays the judge's own; conditions behind a broken one, which the judge never asks, are asked and marked.

local fields = require "fields"
local gaps = require "gaps"
local here = require "context"
local judge = require "judge"
local judge_check = require "judge_check"
local members = require "members"
local message = require "message"
local show = require "show"

local trace = {}

local MOST_MEMBERS = 50   -- of one check that concern the record
local MOST_KEYS = 20000   -- kept for a suggestion
local MOST_NAMED = 5      -- members that only refer to the record
local VALUE = 512         -- bytes of a value

--- Whether a record is the one that is meant: by its key, by kind and key, or by document and line.
---@param record userdata
---@param wanted string
---@return boolean
local function is_meant(record, wanted)
  local origin = engine.origin(record)
  if origin.key ~= nil and engine.to_text(origin.key) == wanted then return true end
  return tostring(record) == wanted or (origin.document ~= nil and ("%s:%d"):format(origin.document, origin.line or 0) == wanted)
end

local function in_group(member, wanted)
  local group = member.members
  for i = 1, group ~= nil and #group or 0 do
    if engine.is(group[i]) == "record" and is_meant(group[i], wanted) then return true end
  end
  return false
end

local function concerns(member, wanted)
  if engine.is(member) == "record" then return is_meant(member, wanted) end
  if type(member) ~= "table" then return show.text(member) == wanted end
  if members.subject(member).key == wanted then return true end
  return member.record ~= nil and is_meant(member.record, wanted) or in_group(member, wanted)
end

local references = {} -- kind → names under which its references read as keys

--- The names under which the references of a kind give keys.
local function references_of(kind)
  if references[kind] == nil then
    local names = {}
    for _, field in ipairs(engine.kind(kind).fields) do
      if fields.refers(field) then names[#names + 1] = field.key_name end
    end
    references[kind] = names
  end
  return references[kind]
end

--- Whether a reference of the member's record leads to what is meant.
local function refers(member, wanted)
  local record = fields.record(member)
  if record == nil then return false end
  for _, name in ipairs(references_of(engine.origin(record).kind)) do
    local value = engine.peek(record, name)
    if engine.is(value) == "list" then
      for i = 1, #value do
        if value[i] == wanted then return true end
      end
    elseif value == wanted then
      return true
    end
  end
  return false
end

local function value_of(value)
  local is = engine.is(value)
  if is == "record" then return show.record(value) end
  if is == "list" then return show.cut(show.ids(value), VALUE) end
  return show.cut(show.text(value), VALUE)
end

--- What was read, each with the record that it stands in.
local function read_list(reads)
  local list = engine.list {}
  for i, read in ipairs(reads) do
    local origin = engine.origin(read.record)
    list[i] = {
      record = show.record(read.record), field = read.field, document = origin.document, line = origin.line,
      value = not read.absent and value_of(read.value) or nil, absent = read.absent or nil, dangling = read.dangling or nil, future = read.future or nil,
    }
  end
  return list
end

local function because(check, subject, reads, future, second, third)
  local values, plain = message.merge(nil, second, third)
  local scene = { subject = subject, check = check, params = here.values, values = values, plain = plain, reads = reads, future = future }
  local ok, text = engine.try(message.choose, scene)
  if not ok then return nil end
  return check.messages ~= nil and check.messages[scene.why] ~= nil and text or scene.why
end

--- One condition, asked about one member.
local function ask(check, condition, member, subject)
  judge_check.watch(member)
  gaps.clear()
  local fine, ok, second, third = engine.try(condition, member, here.isms, here.params)
  local reads, future = judge_check.reads(), engine.future()
  local required, optional = gaps.taken()
  local out = { reads = read_list(reads) }
  if not fine then
    out.outcome, out.why = "error", show.cut(tostring(ok), VALUE)
  elseif next(required) ~= nil then
    out.outcome, out.why = "lacks_evidence", table.concat(gaps.names(required), ", ") .. " not supplied"
  elseif next(optional) ~= nil then
    out.outcome, out.why = "left_out", table.concat(gaps.names(optional), ", ") .. " not supplied"
  elseif not ok or future ~= nil then
    out.outcome, out.why = "broken", because(check, subject, reads, future, second, third)
  else
    out.outcome = "holds"
  end
  return out
end

local function finding_for(result, subject, place)
  for _, finding in ipairs(result.findings) do
    if finding.key == subject.key and (place.document == nil or (finding.document == place.document and finding.line == place.line)) then return finding end
  end
  return nil
end

--- All conditions of a check, asked about one member.
local function one(check, result, member)
  local subject = members.subject(member)
  local place = members.place(subject.place)
  local finding = result.status ~= "unknown" and finding_for(result, subject, place) or nil
  local out = { key = subject.key, record = subject.record and show.record(subject.record) or nil, document = place.document, line = place.line,
    conditions = engine.list {} }
  local broken = type(member) == "table" and member.blank == true
  for i, condition in ipairs(check.conditions) do
    local asked = ask(check, condition, member, subject)
    asked.behind = broken or nil
    broken = broken or asked.outcome == "broken" or asked.outcome == "error"
    out.conditions[i] = asked
  end
  out.verdict = broken and "fail" or "pass"
  if finding ~= nil then
    out.message, out.excepted_by = finding.message, finding.excepted_by
    out.values = finding.values
  end
  return out
end

local function key_of(member)
  return members.subject(member).key
end

--- Something that judges a check as the judge does, and follows the members that concern a record.
---@param wanted string key, "kind key" or "document:line"
---@param only string|nil name of the one check to look at
---@return function run(check, excused, report) → result, with `traces`, `whole` or `among`
---@return string[] keys of members met, for suggestions
function trace.follow(wanted, only)
  local keys, seen = {}, {}
  return function(check, excused, report)
    if only ~= nil and only ~= check.name then return { name = check.name, status = "n_a", skipped = true } end
    local population
    local watched = {}
    for name, value in pairs(check) do watched[name] = value end
    local over = check.over
    if over ~= nil then
      watched.over = function(isms, params)
        if type(over) == "string" then population = isms[over] elseif type(over) == "table" then population = over else population = over(isms, params) end
        return population
      end
    end
    local result = judge_check.run(watched, excused, report)
    result.whole, result.traces = check.whole or check.over == nil or nil, engine.list {}
    if result.status == "error" or members.fault(population) ~= nil then return result end
    for i = 1, #population do
      local member = population[i]
      if concerns(member, wanted) then
        if result.whole then
          result.among = true
        elseif #result.traces < MOST_MEMBERS then
          table.insert(result.traces, one(check, result, member))
        end
      else
        local key = key_of(member)
        if #keys < MOST_KEYS and key ~= nil and not seen[key] then
          seen[key] = true
          keys[#keys + 1] = key
        end
        if refers(member, wanted) then
          result.refer = result.refer or { count = 0, keys = engine.list {} }
          result.refer.count = result.refer.count + 1
          if #result.refer.keys < MOST_NAMED then table.insert(result.refer.keys, key or show.record(fields.record(member))) end
        end
      end
    end
    return result
  end, keys
end

--- Follows a record through the checks of a rule.
---@param rule table
---@param setting table as judge.rule takes it
---@param wanted string
---@param only string|nil
---@return table result with a trace in each check
---@return string[] keys
function trace.rule(rule, setting, wanted, only)
  local run, keys = trace.follow(wanted, only)
  local given = {}
  for name, value in pairs(setting) do given[name] = value end
  given.run = run
  return judge.rule(rule, given), keys
end

local function described(record)
  local origin, list = engine.origin(record), engine.list {}
  for name in pairs(record) do
    list[#list + 1] = { name = name, value = value_of(engine.peek(record, name)) }
  end
  return { kind = origin.kind, key = origin.key ~= nil and engine.to_text(origin.key) or nil, record = show.record(record), document = origin.document,
    line = origin.line, fields = list }
end

--- The records that are meant, of all kinds of the bundle.
---@param wanted string
---@return table[] list of {kind, key, record, document, line, fields}
function trace.records(wanted)
  engine.needs(nil)
  local isms, found = engine.isms(), engine.list {}
  local by_line = wanted:find(":%d+$") ~= nil
  for _, kind in ipairs(engine.kinds()) do
    local info = engine.kind(kind)
    local key = wanted:match("^" .. kind .. " (.+)$") or wanted
    local all = kind ~= "organization" and isms[kind] or nil
    if all ~= nil and info.key ~= nil and not by_line then
      local record = all:get(key)
      if record ~= nil then found[#found + 1] = described(record) end
    elseif all ~= nil then
      for record in all:each() do
        if is_meant(record, wanted) then found[#found + 1] = described(record) end
      end
    end
  end
  return found
end

--- Kinds that a rule reads: for saying that a record is of none of them.
---@param rule table
---@return table<string, boolean>
function trace.kinds(rule)
  local kinds = {}
  for _, entry in ipairs(rule.needs) do kinds[(entry:gsub("%?$", ""))] = true end
  return kinds
end

return trace
