-- A.7.2 Physical entry: only who may be there gets in, it is known who was there, and the right ends with the need.
local checks = require "checks"

-- Level from which an area is restricted to those who need it, and level of a secure area.
local RESTRICTED, SECURE = 3, 4

local function something_restricted()
  return not checks.nothing_restricted()
end

local function enters_restricted_zone(visit)
  for _, zone in ipairs(visit.zones) do
    if zone.level >= RESTRICTED then return true end
  end
  return false
end

-- Time after which the need for a right to enter is confirmed again.
local function review_time(grant, _, params)
  return grant.zone.level == SECURE and params.secure_review_interval or params.review_interval
end

return rule "A.7.2" {
  title = "Physical entry",
  intent = "Only people who may be there get in, it is known who was there, and the right ends when the need does.",
  needs = { "physical_zones", "physical_grants", "physical_events", "people", "visits", "organization" },
  applies_when = function(isms)
    return isms.organization.has_premises ~= false or isms.physical_zones:any{ status = "in_use" }
  end,
  params = {
    lookback = { default = "365 d", meaning = "length of the period judged" },
    log_window = { default = "90 d", meaning = "age of entry records that are judged" },
    personal_means = {
      default = { "badge", "mobile", "pin", "biometric", "guard" }, unit = "words",
      meaning = "means of entry that tell one person from another",
    },
    revoke_within = { default = "1 d", meaning = "time after the last day to take the right to enter away" },
    return_within = { default = "7 d", meaning = "time after the last day to get badge and keys back" },
    review_interval = { default = "365 d", meaning = "longest time between two reviews of a right to enter, level 3" },
    secure_review_interval = { default = "105 d", meaning = "the same for areas of level 4" },
    unused_after = { default = "180 d", meaning = "time without use after which a right counts as not needed" },
    block_within = { default = "24 h", meaning = "time to block a lost credential" },
    visit_max = { default = "16 h", meaning = "longest plausible visit" },
    export_age = { default = "45 d", meaning = "age up to which an export tells the present state" },
  },

  check "entry_controlled_and_logged" {
    question = "Do restricted areas let in persons, not key holders, and leave a trace of them?",
    tests = "design", severity = "major", weight = 3,
    over = function(isms)
      return isms.physical_zones:where{ status = "in_use" }
        :where(function(zone) return zone.level >= RESTRICTED and checks.ours(zone) end)
    end,
    expect = {
      says("the means of entry do not tell one person from another", holds_one("entry_by", "personal_means")),
      says("entries leave no trace", is_true "entry_logged"),
      says("no entry was recorded within {log_window}", function(zone, isms, params)
        local entries = isms.physical_events:where{ zone_id = zone, kind = "entry" }
        return (checks.recent(entries, "at", params.log_window))
      end),
    },
    empty = "not_applicable",
    missing = {
      entry_by = "it is not recorded how one gets into {name}",
      entry_logged = "it is not recorded whether entries into {name} leave a trace",
    },
    message = "entry to {name} (level {level}) is not controlled person by person: {why}",
    remedy = "Put the door on the access control system and check that its log arrives.",
  },

  check "entries_authorised" {
    question = "Was everybody who entered a restricted area entitled to at that moment?",
    tests = "operation", severity = "major", weight = 4,
    applies_when = something_restricted,
    over = function(isms, params)
      return isms.physical_events:where{ kind = "entry" }:where(function(event)
        return event.zone.level >= RESTRICTED and checks.within(event.at, params.log_window)
      end)
    end,
    expect = {
      any_of(filled "person_id", filled "credential_number"),
      says("there was no right to enter at that moment", checks.entitled),
      given(filled "person_id",
        says("the person was not with the organisation then", engaged("person_id", "at"))),
    },
    empty = "lacks_evidence",
    missing = { credential_number = "an entry into {zone} at {at} names neither person nor credential" },
    message = "{person} ({credential_number}) entered {zone} at {at}: {why}",
    remedy = "Find out who went in and what was done there, then correct door group, register or badge.",
  },

  check "leavers_locked_out" {
    question = "Do people who left lose their right to enter, their badge and their keys in time?",
    tests = "operation", severity = "major", weight = 5,
    fresh = { physical_grants = "export_age" },
    over = function(isms, params)
      return isms.physical_grants:where(function(grant)
        local last_day = grant.person.end_date
        return last_day + params.revoke_within < isms.as_of
          and (grant.revoked_at == nil or checks.in_period(last_day))
      end)
    end,
    expect = {
      function(grant, _, params)
        local ended, limit = grant.revoked_at or grant.expires_at, grant.person.end_date + params.revoke_within
        return ended <= limit, { days = ended - limit }
      end,
      function(grant)
        local last_day = grant.person.end_date
        return grant.last_used_at == nil or grant.last_used_at <= last_day, { days = grant.last_used_at - last_day }
      end,
      function(grant, isms, params)
        local limit = grant.person.end_date + params.return_within
        local to_return = grant.credential == "badge" or grant.credential == "key"
        if not (to_return and limit < isms.as_of) then return true end
        return grant.returned_at <= limit, { days = grant.returned_at - limit }
      end,
    },
    empty = "not_applicable",
    values = function(grant)
      return { other = grant.person }
    end,
    missing = {
      revoked_at = "{person} left on {end_date} and can still enter {zone} by {credential}",
      returned_at = "{credential} {credential_number} of {person}, who left on {end_date}, is not back",
    },
    message = "right of {person} to enter {zone} ended {days} late, was used after the last day, "
      .. "or {credential} came back late",
    remedy = "Block the credential, change locks where a key is missing, and tie blocking to the leaver event.",
  },

  check "grants_approved" {
    question = "Was each right to enter a restricted area approved by somebody entitled to?",
    tests = "operation", severity = "major", weight = 3,
    applies_when = something_restricted,
    over = function(isms)
      return isms.physical_grants:where(function(grant)
        return checks.in_period(grant.granted_at) and grant.person ~= nil and grant.zone.level >= RESTRICTED
      end)
    end,
    expect = {
      says("the approver asked for it", never_self("approved_by", "requested_by")),
      says("the approver got it", never_self("approved_by", "person_id")),
      says("the approver is neither the area's owner nor the person's manager",
        any_of(same("approved_by", "zone.owner"), same("approved_by", "person.manager_id"))),
      says("the approver was not with the organisation then", engaged("approved_by", "granted_at")),
    },
    empty = "not_applicable",
    missing = { approved_by = "{person} got the right to enter {zone} without approval" },
    message = "approval of {person} for {zone} does not count: {why}",
    remedy = "Let the area's owner confirm the right or withdraw it.",
  },

  check "grants_reviewed" {
    question = "Are rights to enter restricted areas looked through, and unused ones withdrawn?",
    tests = "operation", severity = "major", weight = 3,
    applies_when = something_restricted,
    over = function(isms, params)
      return isms.physical_grants:where(function(grant)
        return grant.zone.level >= RESTRICTED and checks.open_grant(grant, isms.as_of)
          and grant.granted_at + review_time(grant, isms, params) < isms.as_of
      end)
    end,
    expect = {
      says("last reviewed {days} ago", reviewed_within("reviewed_at", review_time)),
      says("last reviewed on {reviewed_at}, before it was given", follows("granted_at", "reviewed_at")),
      says("the holder confirmed the own need", never_self("reviewed_by", "person_id")),
      says("the reviewer was not with the organisation then", engaged("reviewed_by", "reviewed_at")),
      says("last used on {last_used_at}", any_of(one_of("credential", "key"), function(grant, isms, params)
        return grant.last_used_at >= isms.as_of - params.unused_after
      end)),
    },
    empty = "not_applicable",
    missing = {
      reviewed_at = "the right of {person} to enter {zone} was never reviewed",
      reviewed_by = "it is not recorded who reviewed the right of {person} to enter {zone}",
      last_used_at = "{person} may enter {zone} but never did, or use is not recorded",
    },
    message = "right of {person} to enter {zone}: {why}",
    remedy = "Give the owner of the area the current list from the access control system "
      .. "and withdraw what is not needed.",
  },

  check "lost_credentials_blocked" {
    question = "Are lost badges and keys blocked at once?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms, params)
      return isms.physical_grants:where(function(grant)
        return checks.in_period(grant.lost_at) and checks.passed(grant.lost_at, params.block_within)
      end)
    end,
    expect = {
      timely("lost_at", "revoked_at", "block_within"),
      follows("lost_at", "revoked_at"),
      function(grant, isms)
        local number = grant.credential_number
        return number == nil or not isms.physical_events:where{ credential_number = number, kind = "entry" }
          :any(function(event) return event.at > grant.lost_at and event.at <= isms.as_of end)
      end,
    },
    empty = "not_applicable",
    values = function(grant)
      return { days = grant.revoked_at - grant.lost_at }
    end,
    missing = { revoked_at = "{credential} {credential_number}, lost on {lost_at}, still opens {zone}" },
    message = "{credential} {credential_number} was blocked {days} after it was lost, or was used since",
    remedy = "Block it, look through the entries since the loss, and change locks where it was a key.",
  },

  check "visitors_accounted_for" {
    question = "Is each visitor expected, identified, accompanied where needed, and known to have left?",
    tests = "operation", severity = "major", weight = 3,
    applies_when = function() return not checks.nothing_ours() end,
    over = function(isms, params)
      return isms.visits:where(function(visit)
        return checks.in_period(visit.arrived_at) and checks.passed(visit.arrived_at, params.visit_max)
      end)
    end,
    expect = {
      says("the host {host} was not with the organisation then", engaged("host", "arrived_at")),
      says("the visitor was not identified", is_true "identity_checked"),
      says("it ended on {left_at}", from_to("left_at", "arrived_at", "visit_max")),
      given(filled "badge_number",
        says("badge {badge_number} came back on {badge_returned_at}",
          from_to("badge_returned_at", "arrived_at", "visit_max"))),
      given(enters_restricted_zone,
        says("the escort {escort} was not with the organisation then", engaged("escort", "arrived_at"))),
      given(one_of("kind", "delivery"),
        says("the goods were not examined", is_true "goods_checked"),
        says("the delivery reached a restricted area", function(visit) return not enters_restricted_zone(visit) end)),
    },
    empty = "lacks_evidence",
    missing = {
      host = "nobody expected {visitor}, who came on {arrived_at}",
      identity_checked = "it is not recorded that {visitor} was identified on {arrived_at}",
      left_at = "{visitor} came on {arrived_at} and never left, says the register",
      badge_returned_at = "visitor's badge {badge_number} of {arrived_at} was not given back",
      escort = "{visitor} was in a restricted area on {arrived_at} without escort",
    },
    message = "visit of {visitor} on {arrived_at} is not in order: {why}",
    remedy = "Have hosts collect and return visitors, and clear the open entries every evening.",
  },
}
