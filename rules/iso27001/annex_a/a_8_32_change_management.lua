-- A.8.32 Change management: nothing changes unnoticed; a change is assessed, tested, approved by another, undoable.
local checks = require "checks"

local EVERY_KIND = { "standard", "normal", "emergency" }

-- Changes that were really made in the period.
local function made(isms, kinds)
  return isms.changes:where{ status = { "implemented", "closed" }, kind = kinds }
    :where(function(change) return checks.in_period(change.implemented_at) end)
end

-- How many changes the period had, and what share of them were emergencies.
local function emergencies(isms)
  local all = #made(isms, EVERY_KIND)
  return { changes = all, share = checks.share(#made(isms, "emergency"), all) }
end

-- Two moments in this order. Where only the day was recorded, which reads as its midnight, nobody can tell.
local function earlier(a, b)
  return a < b or tostring(a):find("T00:00:00Z", 1, true) ~= nil
end

-- What shows that something changed: in words, the records, the field with its time, the change that it names, and
-- what it happened to.
local function events(isms, params)
  local installations = isms.software_installations:where(function(installation)
    return checks.in_period(installation.installed_at) and installation.method ~= "automatic_update"
      and checks.word_in(installation.kind, params.judged_kinds) and checks.production(installation.asset)
  end)
  local explained = isms.alerts:where{ verdict = "authorised" }:where(function(alert)
    return alert.rule.kind == "integrity"
  end)
  return {
    { "a release went live", isms.releases, "deployed_at", "change", "application_id" },
    { "a firewall rule was made", isms.firewall_rules, "created_at", "change", "device_id" },
    { "a network device was changed", isms.network_devices, "config_changed_at", "config_change", "name" },
    { "software was installed", installations, "installed_at", "change", "asset" },
    { "an integrity alert was called authorised", explained, "raised_at", "change", "asset_id" },
  }
end

return rule "A.8.32" {
  title = "Change management",
  intent = "Nothing changes unnoticed - each change is assessed, tested and approved by another, can be undone, "
    .. "and matches what really happened.",
  needs = {
    "changes", "people", "documents",
    "releases?", "firewall_rules?", "network_devices?", "software_installations?", "assets?", "alerts?",
  },
  params = {
    policy_review_interval = {
      default = "365 d",
      meaning = "longest time between two reviews of the change procedure",
    },
    lookback = { default = "365 d", meaning = "length of the period judged" },
    emergency_within = { default = "48 h", meaning = "time to approve an emergency change afterwards" },
    emergency_review = { default = "14 d", meaning = "time to review an emergency or failed change" },
    emergency_share = {
      default = 10, unit = "percent",
      meaning = "share of emergency changes above which the ordinary way is being avoided",
    },
    emergency_min = { default = 10, unit = "changes", meaning = "number of changes from which that share is judged" },
    close_within = { default = "30 d", meaning = "time to close a change after it was made" },
    judged_kinds = {
      default = { "operating_system", "application" }, unit = "words",
      meaning = "kinds of software whose installation must be a change of its own",
    },
    stamp_share = {
      default = 20, unit = "percent",
      meaning = "share of changes with the very same time of approval that looks like a rubber stamp",
    },
    stamp_min = { default = 20, unit = "changes", meaning = "number of changes from which that share is judged" },
  },

  check "procedure_in_force" {
    question = "Is a change procedure in force?",
    tests = "design", severity = "minor", weight = 1,
    holds = policy_in_force "change_management",
    message = "no procedure for changes is in force: {why}",
    remedy = "Publish an approved procedure with kinds of change, approvers, tests and emergencies.",
  },

  check "changes_approved_by_another" {
    question = "Was each change approved beforehand by somebody other than those who asked for it and made it?",
    tests = "operation", severity = "major", weight = 5,
    over = function(isms)
      return made(isms, { "normal", "standard" })
    end,
    expect = {
      says("{approved_by} asked for it and approved it", never_self("approved_by", "requested_by")),
      given(none_of("kind", "standard"),
        says("{approved_by} approved it and made it", never_self("approved_by", "implemented_by"))),
      says("approved afterwards, on {approved_at}", follows("approved_at", "implemented_at")),
      says("{approved_by} was not with the organisation then", engaged("approved_by", "approved_at")),
    },
    empty = "lacks_evidence",
    missing = {
      approved_by = "{kind} change {id} ({title}) was made on {implemented_at} without approval",
      approved_at = "change {id} ({title}) has no date of approval",
    },
    message = "{kind} change {id} ({title}), made on {implemented_at}: {why}",
    remedy = "Find out how it could be made, review it now, and let the tool refuse own approvals.",
  },

  check "changes_assessed_and_tested" {
    question = "Was each change assessed for risk, tested, and prepared to be undone?",
    tests = "operation", severity = "major", weight = 4,
    over = function(isms)
      return made(isms, "normal")
    end,
    expect = {
      says("its risk was not assessed", is_true "risk_assessed"),
      given(one_of("target", "system", "infrastructure", "application"),
        says("it was not tested", is_true "tested"),
        says("it could not be undone", is_true "rollback_plan")),
    },
    empty = "lacks_evidence",
    missing = {
      risk_assessed = "it is not recorded whether the risk of change {id} ({title}) was assessed",
      tested = "it is not recorded whether change {id} ({title}) was tested",
      rollback_plan = "it is not recorded how change {id} ({title}) could be undone",
    },
    message = "change {id} ({title}): {why}",
    remedy = "Make risk, test and roll-back required fields of the change.",
  },

  check "emergencies_followed_up" {
    question = "Are emergency changes few, approved soon after and reviewed?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      return made(isms, "emergency")
    end,
    expect = {
      says("{approved_by} asked for it and approved it", never_self("approved_by", "requested_by")),
      says("{approved_by} approved it and made it", never_self("approved_by", "implemented_by")),
      says("approved only on {approved_at}", function(change, _, params)
        return change.approved_at <= change.implemented_at + params.emergency_within
      end),
      says("reviewed on {reviewed_at}, not within {emergency_review}", any_of(
        from_to("reviewed_at", "implemented_at", "emergency_review"),
        function(change, isms, params)
          return change.implemented_at + params.emergency_review >= isms.as_of
        end)),
      says("{share} of all changes are emergencies, at most {limit} % may be", function(_, isms, params)
        local period = checks.once(emergencies, isms)
        return period.changes < params.emergency_min or period.share <= params.emergency_share,
          { share = period.share, limit = params.emergency_share }
      end),
    },
    empty = function(isms)
      local some_made = isms.changes:any(function(change) return checks.in_period(change.implemented_at) end)
      return some_made and "not_applicable" or "lacks_evidence"
    end,
    missing = {
      approved_by = "emergency change {id} ({title}) was never approved",
      approved_at = "emergency change {id} ({title}) has no date of approval",
      reviewed_at = "emergency change {id} ({title}) was never reviewed",
    },
    message = "emergency change {id} ({title}) of {implemented_at}: {why}",
    remedy = "Approve and review it now; plan what keeps coming as an emergency.",
  },

  check "nothing_unrecorded" {
    question = "Does an approved change stand behind everything that really changed?",
    tests = "operation", severity = "major", weight = 5,
    over = function(isms, params)
      local found = {}
      for _, row in ipairs(events(isms, params)) do
        local word, records, time, change, on = table.unpack(row)
        for record in records:each() do
          if checks.in_period(record[time]) then
            table.insert(found, {
              record = record, word = word, at = record[time], change = record[change], other = record[on] or record,
            })
          end
        end
      end
      return found
    end,
    expect = function(event, _, params)
      local approved = checks.approved_change(event.change, event.at, params.emergency_within)
      return approved, { other = event.other }
    end,
    empty = function(isms)
      local supplied = isms.releases.supplied or isms.firewall_rules.supplied or isms.network_devices.supplied
        or isms.software_installations.supplied or isms.alerts.supplied
      return supplied and "lacks_evidence" or "not_applicable"
    end,
    message = "{word} on {other}, and no approved change stands behind it",
    remedy = "Find out who did it, register and review it, and close the way around the procedure.",
  },

  check "changes_closed" {
    question = "Are changes closed with their outcome, and failed ones looked into?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms, params)
      return made(isms, EVERY_KIND)
        :where(function(change) return change.implemented_at + params.close_within < isms.as_of end)
    end,
    expect = {
      filled "outcome",
      says("it is still not closed", one_of("status", "closed")),
      given(one_of("outcome", "failed", "rolled_back"),
        says("ended as {outcome} and was reviewed on {reviewed_at}, not within {emergency_review}",
          from_to("reviewed_at", "implemented_at", "emergency_review"))),
    },
    empty = "not_applicable",
    missing = {
      outcome = "change {id} ({title}) of {implemented_at} has no outcome",
      reviewed_at = "change {id} ({title}) ended as {outcome}, and nobody looked into it",
    },
    message = "change {id} ({title}) of {implemented_at}: {why}",
    remedy = "Close changes within a month, and ask of each failed one why the test did not show it.",
  },

  check "records_credible" {
    question = "Do the dates of the changes tell a believable story?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms)
      return made(isms, EVERY_KIND)
    end,
    expect = {
      given(none_of("kind", "emergency"), in_order("requested_at", "approved_at", "implemented_at", "reviewed_at")),
      given(one_of("kind", "emergency"), in_order("implemented_at", "reviewed_at")),
      given(one_of("kind", "normal"),
        says("asked for and approved at the same moment", function(change)
          return earlier(change.requested_at, change.approved_at)
        end),
        says("approved and made at the same moment", function(change)
          return earlier(change.approved_at, change.implemented_at)
        end)),
      not_future("requested_at", "approved_at", "implemented_at", "reviewed_at"),
      not_stamped({ kind = "normal" }, "approved_at", "stamp_share", "stamp_min"),
    },
    empty = "lacks_evidence",
    missing = { requested_at = "change {id} ({title}) was made without a request on record" },
    message = "change {id} ({title}) was requested {requested_at}, approved {approved_at}, "
      .. "made {implemented_at}: {why}",
    remedy = "Look whether changes are entered afterwards, and record them before they are made.",
  },
}
