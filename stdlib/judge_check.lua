-- Judges one check, in the order of the specification ("How a check is judged"): the first step that fits decides. On the passing
-- path a member costs its conditions, one engine.watch and one engine.future; whatever must be explained is judged again, slowly.

local dates = require "checks_dates"
local exceptions = require "exceptions"
local fields = require "fields"
local gaps = require "gaps"
local here = require "context"
local members = require "members"
local message = require "message"
local placeholders = require "placeholders"
local show = require "show"

local judge_check = {}

local MOST_FINDINGS = 1000
local LONGEST_REASON = 4096 -- bytes

local function verdict(status, reason, population)
  return { status = status, reason = reason, population = population or 0, tested = 0, failed = 0, findings = {} }
end

local function not_supplied(kinds)
  local names = gaps.names(kinds)
  return ("`%s` %s not supplied"):format(table.concat(names, "`, `"), #names == 1 and "is" or "are")
end

local function lacks(kinds, population)
  return verdict("unknown", not_supplied(kinds), population)
end

local is, watch_record = engine.is, engine.watch

--- The record of this member is judged from now on.
---@param member any
function judge_check.watch(member)
  if type(member) == "table" then member = member.record end
  watch_record(is(member) == "record" and member or nil)
end

local watch = judge_check.watch

--- What `empty` of the check says about a population without members.
local function when_empty(check)
  local word = check.empty
  if type(word) == "function" then word = word(here.isms, here.params) end
  if word == nil or word == "not_applicable" then return verdict("n_a", "there is nothing to judge", 0) end
  if word == "lacks_evidence" then return verdict("unknown", "there is nothing to judge", 0) end
  if word ~= "fails" then
    error(("`empty` of check %s gives %s; it must give not_applicable, lacks_evidence or fails"):format(check.name, show.text(word)), 0)
  end
  local scene = {
    subject = members.subject(nil), check = check, params = here.values, values = {}, reads = {}, why = "there is nothing to judge",
  }
  local result = verdict("fail", nil, 0)
  result.failed, result.share = 1, 0
  result.findings[1] = { message = placeholders.expand(check.message, scene), remedy = check.remedy, values = {} }
  return result
end

--- Reads to explain from; a reference into a kind that is not supplied leads nowhere for another reason than a wrong key.
---@return table[]
function judge_check.reads()
  local list = engine.reads()
  for _, read in ipairs(list) do
    if read.dangling then
      local info = fields.info(engine.origin(read.record, "kind"), read.field)
      if info ~= nil and (here.needs[info.target] == nil or here.missing[info.target]) then read.dangling = false end
    end
  end
  return list
end

local reads = judge_check.reads

--- Judges the conditions once more and says which one is broken, with what it read. Optional kinds are left out as before.
local function broken_by(check, member)
  here.slow = true
  local list, isms, params = check.conditions, here.isms, here.params
  for i = 1, #list do
    watch(member)
    if here.gaps then gaps.clear() end
    local ok, second, third = list[i](member, isms, params)
    local left_out = false
    if here.gaps then
      local _, optional = gaps.taken()
      left_out = next(optional) ~= nil
    end
    local future = engine.future()
    if not left_out and (not ok or future ~= nil) then
      local read = reads()
      here.slow = false
      return { ok = ok, second = second, third = third, future = future, reads = read }
    end
  end
  here.slow = false
  return { reads = {} }
end

local function finding_of(check, member, subject)
  local found = broken_by(check, member)
  local own = check.values ~= nil and check.values(member, here.isms, here.params) or nil
  local values, plain = message.merge(own, found.second, found.third)
  local scene = {
    subject = subject, check = check, params = here.values, values = values, plain = plain,
    reads = found.reads, future = found.future,
  }
  local text = message.choose(scene)
  local finding = members.place(values.record or subject.place)
  finding.key = subject.key
  if finding.key == nil and subject.member == nil and values.record ~= nil then finding.key = members.subject(values.record).key end
  finding.message, finding.remedy, finding.values = text, check.remedy, message.values(scene)
  finding.overdue = not plain and values.overdue or nil
  return finding, values
end

--- Adds a failed member to the result.
local function fail(result, check, member, excused)
  result.failed = result.failed + 1
  local subject = members.subject(member)
  local finding
  if #result.findings < MOST_FINDINGS then
    finding = finding_of(check, member, subject)
    result.findings[#result.findings + 1] = finding
  else
    result.dropped = (result.dropped or 0) + 1
  end
  if #excused > 0 then
    local id = exceptions.covering(excused, check.name, finding ~= nil and finding.key or subject.key)
    if id ~= nil then
      result.excepted = (result.excepted or 0) + 1
      if finding ~= nil then finding.excepted_by = id end
    end
  end
end

--- Every member, nothing being missing.
local function judge_members(result, check, population, excused)
  local list, isms, params, n = check.conditions, here.isms, here.params, #population
  local conditions, all_records, future = #list, is(population) == "collection", engine.future
  for i = 1, n do
    local member = population[i]
    local broken = false
    if all_records then
      watch_record(member)
    else
      local bad = members.bad(member)
      if bad then error(("check %s: %s"):format(check.name, bad), 0) end
      watch(member)
      broken = type(member) == "table" and member.blank == true
    end
    for k = 1, conditions do
      if not list[k](member, isms, params) then
        broken = true
        break
      end
    end
    if broken or future() ~= nil then fail(result, check, member, excused) end
    if here.lack then return end
  end
  result.tested = n
end

--- One member where kinds are missing: conditions that read optional ones are left out; where a required one may be read, all are
--- tried, also behind a broken one.
local function judge_with_gaps(check, member)
  local kept, broken = 0, type(member) == "table" and member.blank == true
  for _, condition in ipairs(check.conditions) do
    watch(member)
    gaps.clear()
    local ok, required, optional, any
    if broken then
      if not here.thorough then break end
      engine.try(condition, member, here.isms, here.params)
      required, optional, any = gaps.taken()
    else
      ok = condition(member, here.isms, here.params)
      required, optional, any = gaps.taken()
      if not any or next(optional) == nil then
        kept = kept + 1
        broken = not ok or engine.future() ~= nil
      end
    end
    if any then
      for kind in pairs(required) do here.lacking[kind] = true end
      for kind in pairs(optional) do here.noted_optional[kind] = true end
    end
  end
  return kept, broken
end

--- Every member, some kinds being missing. Returns a verdict where that settles the check.
local function judge_members_with_gaps(result, check, population, excused)
  here.noted_optional = {}
  for i = 1, #population do
    local member = population[i]
    local bad = members.bad(member)
    if bad then error(("check %s: %s"):format(check.name, bad), 0) end
    local kept, broken = judge_with_gaps(check, member)
    if next(here.lacking) ~= nil then return lacks(here.lacking, #population) end
    if here.lack then return nil end
    if kept > 0 or broken then
      result.tested = result.tested + 1
      if broken then fail(result, check, member, excused) end
    end
  end
  if result.tested == 0 then
    return verdict("n_a", "it asks for nothing else: " .. not_supplied(here.noted_optional), #population)
  end
  return nil
end

--- One test on the whole. `subject` is the population, or nil.
local function judge_whole(result, check, subject, excused)
  local broken = false
  if here.gaps then
    here.noted_optional = {}
    local kept
    kept, broken = judge_with_gaps(check, subject)
    if next(here.lacking) ~= nil then return lacks(here.lacking, result.population) end
    if kept == 0 then return verdict("n_a", "it asks for nothing else: " .. not_supplied(here.noted_optional), result.population) end
  else
    engine.watch(nil)
    for _, condition in ipairs(check.conditions) do
      if not condition(subject, here.isms, here.params) then
        broken = true
        break
      end
    end
  end
  result.tested = result.population
  if not broken or here.lack then return nil end
  local finding, values = finding_of(check, subject, members.subject(nil))
  if values.empty == true and subject == nil then return when_empty(check) end
  finding.excepted_by = exceptions.covering(excused, check.name, finding.key)
  result.failed, result.findings[1] = 1, finding
  if finding.excepted_by ~= nil then result.excepted = 1 end
  return nil
end

local function conclude(result, check, whole)
  if here.lack then return verdict("unknown", here.lack, result.population) end
  local tested, failed = result.tested, result.failed
  if whole then
    result.share = failed == 0 and 1 or 0
  else
    result.share = (tested - failed) / tested
  end
  local least = check.at_least
  if type(least) == "string" then least = here.params[least] end
  local enough = failed == 0 or (least ~= nil and not whole and 100 * (tested - failed) >= least * tested)
  result.status = enough and "pass" or "fail"
  return result
end

local function population_of(check)
  local over = check.over
  if type(over) == "string" then return here.isms[over], { [over] = true } end
  if type(over) == "table" then return over, {} end
  local asked = {}
  return over(gaps.view(here.isms, asked), here.params), asked
end

--- Step 3: exports too old to tell the present state.
local function stale(check)
  for kind, limit in pairs(check.fresh or {}) do
    local d = here.limit(limit)
    if not here.missing[kind] and not dates.fresh(kind, d) then
      return verdict("unknown", ("the newest export of %s is of %s, older than %s"):format(kind,
        show.text(dates.collected(kind)), show.text(d)))
    end
  end
  return nil
end

local function judge(check, excused)
  if check.applies_when ~= nil and not check.applies_when(here.isms, here.params) then
    return verdict("n_a", "what it is about does not apply here")
  end
  here.lack = false
  local settled = stale(check)
  if settled ~= nil then return settled end
  gaps.clear()
  local result = verdict("pass", nil, 1)
  if check.over == nil then
    if type(check.empty) == "function" and check.empty(here.isms, here.params) ~= nil then return when_empty(check) end
    return judge_whole(result, check, nil, excused) or conclude(result, check, true)
  end
  local population, asked = population_of(check)
  local fault = members.fault(population)
  if fault ~= nil then error(("check %s: %s"):format(check.name, fault), 0) end
  local n = #population
  local required, optional = gaps.taken()
  if next(required) ~= nil then return lacks(required) end
  if here.lack then return verdict("unknown", here.lack) end
  if n == 0 then
    local parts_left = next(optional) == nil or type(check.empty) == "function"
    for kind in pairs(asked) do parts_left = parts_left or not here.missing[kind] end
    if not parts_left then return verdict("n_a", "it looks at nothing else: " .. not_supplied(optional), 0) end
    return when_empty(check)
  end
  here.population, result.population = population, n
  if check.whole then return judge_whole(result, check, population, excused) or conclude(result, check, true) end
  if here.gaps then
    settled = judge_members_with_gaps(result, check, population, excused)
    if settled ~= nil then return settled end
  else
    judge_members(result, check, population, excused)
  end
  return conclude(result, check, false)
end

--- Judges a check of the rule that is entered. An error in its code becomes the status `error`.
---@param check table
---@param excused table[] exceptions in force for the requirement
---@param report fun(check: table, text: string, traceback: string)|nil hears of errors
---@return table result
function judge_check.run(check, excused, report)
  here.begin(check.name)
  local ok, result, traceback = engine.try(judge, check, excused)
  if not ok then
    if report ~= nil then report(check, result, traceback) end
    result = verdict("error", show.cut(tostring(result), LONGEST_REASON))
  end
  result.name, result.question, result.remedy = check.name, check.question, check.remedy
  result.tests, result.severity, result.weight = check.tests, check.severity, check.weight
  return result
end

return judge_check
