-- 10.2 Corrective action: put right what is wrong, remove its cause, check that it stays away, and keep the record honest.
local checks = require "checks"

local grades = { "major", "minor" }

-- Major and minor nonconformities raised in the period, once the time `allowed` has passed.
local function raised(allowed)
  return function(isms, params)
    return isms.nonconformities:where{ grade = grades }:where(function(found)
      return checks.in_period(found.raised_at) and found.raised_at + params[allowed] <= isms.as_of
    end)
  end
end

local function closed_in_period(isms)
  return isms.nonconformities:where{ grade = grades, status = "closed" }:where(function(found)
    return checks.in_period(found.closed_at)
  end)
end

-- How many nonconformities each owner closed on each day.
local function closures(isms)
  local count = {}
  for found in isms.nonconformities:each() do
    if found.owner_id ~= nil and found.closed_at ~= nil then
      local key = found.owner_id .. " " .. tostring(found.closed_at)
      count[key] = (count[key] or 0) + 1
    end
  end
  return count
end

return rule "10.2" {
  title = "Nonconformity and corrective action",
  intent = "Put what is wrong right, remove its cause, check that it stays away, and keep the record honest.",
  needs = { "nonconformities", "people", "soa", "treatments?", "exceptions?" },
  params = {
    analyse_within = { default = "30 d", meaning = "time to correct and to find the cause" },
    effect_within = { default = "180 d", meaning = "time after closing to check that the action worked" },
    no_return = {
      default = "365 d",
      meaning = "time after closing in which the same requirement must not fail again",
    },
    register_within = { default = "30 d", meaning = "time to have a date for the corrective action" },
    weak = {
      default = 0.5, unit = "effectiveness 0 to 1",
      meaning = "effectiveness below which a control is a nonconformity",
    },
    same_day = {
      default = 5, unit = "nonconformities",
      meaning = "most that one owner can credibly close in a day",
    },
    lookback = { default = "730 d", meaning = "period in which nonconformities count" },
  },

  check "causes_found" {
    question = "Was each nonconformity corrected and its cause found in time?",
    tests = "operation", severity = "major", weight = 3,
    over = raised "analyse_within",
    expect = {
      filled "correction",
      filled "root_cause",
      function(found) return checks.substantive(found.root_cause) end,
      says("echo", function(found) return not checks.same_name(found.root_cause, found.description) end),
      filled "corrective_action",
      function(found) return checks.substantive(found.corrective_action) end,
      says("symptom", function(found) return not checks.same_name(found.corrective_action, found.correction) end),
      given(function(found) return found.status ~= "closed" end, owned "owner"),
    },
    empty = "lacks_evidence",
    values = function(found, isms) return { days = isms.as_of - found.raised_at } end,
    missing = {
      correction = "nonconformity {id} was not corrected",
      root_cause = "no cause is known for nonconformity {id}, raised {days} ago",
      corrective_action = "nothing is planned against the cause of nonconformity {id}",
      owner = "nonconformity {id} has no owner",
    },
    messages = {
      echo = "the cause of nonconformity {id} only repeats the finding: {root_cause}",
      symptom = "the corrective action of nonconformity {id} is just its correction",
    },
    message = "nonconformity {id} is owned by {owner}, who has left, or its cause says nothing",
    remedy = "Ask why until the answer is something that can be changed, and look for the same elsewhere.",
  },

  check "closed_on_time" {
    question = "Are corrective actions completed by their dates?",
    tests = "operation", severity = "major", weight = 3,
    over = raised "register_within",
    expect = {
      filled "due_at",
      says("hasty", function(found) return found.raised_at < found.due_at end),
      given(function(found) return found.closed_at ~= nil end,
        says("late", function(found)
          return found.closed_at <= found.due_at, { days = found.closed_at - found.due_at }
        end)),
      given(function(found) return found.closed_at == nil end, function(found, isms)
        return found.status ~= "closed" and found.due_at >= isms.as_of, { days = isms.as_of - found.due_at }
      end),
    },
    empty = "lacks_evidence",
    missing = { due_at = "nonconformity {id} ({grade}) has no date for its corrective action" },
    messages = {
      late = "nonconformity {id} ({grade}) was closed {days} late",
      hasty = "nonconformity {id} ({grade}) was due on {due_at}, not after the day on which it was raised",
    },
    message = "nonconformity {id} ({grade}) is {days} overdue",
    remedy = "Close it by action; move dates only by decision of the owner's manager.",
  },

  check "effect_checked" {
    question = "Was it checked that the corrective action worked?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms, params)
      return closed_in_period(isms):where(function(found)
        return found.closed_at + params.effect_within <= isms.as_of
      end)
    end,
    expect = {
      filled "effectiveness_checked_at",
      function(found, _, params)
        local checked, late = found.effectiveness_checked_at, found.closed_at + params.effect_within
        return checked > found.raised_at and checked <= late, { days = checks.latest(checked, late) - late }
      end,
      filled "effective",
      says("failed", is_true "effective"),
    },
    empty = "not_applicable",
    missing = {
      effectiveness_checked_at = "nobody checked whether the action on nonconformity {id} worked",
      effective = "the check of nonconformity {id} has no verdict",
    },
    messages = { failed = "the action on nonconformity {id} did not work, yet the nonconformity is closed" },
    message = "the action on nonconformity {id} was checked {days} late, or before it could work",
    remedy = "Check on new records after some time, and reopen what has not worked.",
  },

  check "no_recurrence" {
    question = "Did the same requirement stay in order afterwards?",
    tests = "operation", severity = "major", weight = 2,
    over = function(isms)
      return closed_in_period(isms):where{ effective = true }:where(function(found) return found.requirement ~= nil end)
    end,
    expect = function(found, isms, params)
      local again = isms.nonconformities:where{ requirement = found.requirement, grade = grades }:where(function(other)
        return other ~= found and found.closed_at < other.raised_at
          and other.raised_at <= found.closed_at + params.no_return and other.raised_at <= isms.as_of
      end)
      return #again == 0, { ids = again }
    end,
    empty = "not_applicable",
    message = "{requirement} failed again ({ids}) after nonconformity {id} had been closed as effective",
    remedy = "The cause was not found; analyse both together.",
  },

  check "weak_controls_registered" {
    question = "Are the weaknesses that the evidence shows known to the register?",
    tests = "operation", severity = "minor", weight = 3,
    over = function(isms, params)
      return isms.soa:where{ applicable = true }:where(function(row)
        return checks.evaluated(row.control) and checks.effectiveness(row.control) < params.weak
      end)
    end,
    expect = any_of(
      function(row, isms)
        return isms.nonconformities:where{ requirement = row.control }:any(function(found)
          return found.status ~= "closed" and found.raised_at <= isms.as_of
        end)
      end,
      function(row, isms)
        return isms.treatments:any{ controls = row.control, status = { "planned", "in_progress" } }
      end,
      function(row, isms)
        return isms.exceptions:where{ control = row.control }:any(function(exception)
          return exception.approved_at <= isms.as_of and isms.as_of <= exception.expires_at
        end)
      end
    ),
    empty = "not_applicable",
    values = function(row) return { value = checks.effectiveness(row.control) } end,
    message = "{control} has an effectiveness of only {value}, and no register knows of it",
    remedy = "Raise a nonconformity, and take the failing checks as its description.",
  },

  check "closure_credible" {
    question = "Is the record of closing consistent and credible?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms)
      return isms.nonconformities:where(function(found) return found.status == "closed" or found.closed_at ~= nil end)
    end,
    expect = {
      filled "closed_at",
      says("status", one_of("status", "closed")),
      not_future "closed_at",
      function(found) return found.raised_at <= found.closed_at end,
      given(function(found) return found.grade == "major" end,
        says("instant", function(found) return found.closed_at > found.raised_at end)),
      given(function(found) return found.owner_id ~= nil end,
        says("bulk", function(found, isms, params)
          local n = checks.once(closures, isms)[found.owner_id .. " " .. tostring(found.closed_at)]
          return n <= params.same_day, { n = n }
        end)),
    },
    empty = "not_applicable",
    missing = { closed_at = "nonconformity {id} is closed on no known date" },
    messages = {
      instant = "major nonconformity {id} was closed on the day it was raised",
      bulk = "{owner} closed {n} nonconformities on {closed_at}",
      status = "nonconformity {id} has a date of closing, but is {status}",
    },
    message = "nonconformity {id} was closed on {closed_at}, before it was raised or in the future",
    remedy = "Close each one with its own proof.",
  },
}
