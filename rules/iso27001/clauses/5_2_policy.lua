-- 5.2 Policy: one information security policy, set by top management, known, framing the objectives, and to be had by others.
local checks = require "checks"

local function policy() return checks.current "information_security" end

local function about_security(document)
  return document.status == "published" and checks.holds(document.topics, "information_security")
end

return rule "5.2" {
  title = "Policy",
  intent = "Top management sets one information security policy that people know, that frames the objectives and that others can obtain.",
  needs = { "documents", "acknowledgements", "people", "roles", "objectives?", "communications?" },
  params = {
    policy_review_interval = { default = "365 d", meaning = "longest time since the policy was approved or reviewed" },
    ack_within = {
      default = "30 d",
      meaning = "time to acknowledge, from the start of work or from publication, whichever is later",
    },
    audience_kinds = {
      default = { "employee", "contractor", "temporary" }, unit = "people.kind",
      meaning = "who must acknowledge the policy",
    },
    ack_share = { default = 95, unit = "percent of people", meaning = "least share that has acknowledged in time" },
  },

  check "policy_stands" {
    question = "Is an information security policy in force and current?",
    tests = "design", severity = "major", weight = 3,
    holds = function(_, _, params)
      local ok = checks.policy_in_force("information_security", "policy")
      return ok, { limit = params.policy_review_interval }
    end,
    message = "no information security policy is published, approved and reviewed within {limit}",
    remedy = "Review the policy, have it approved and publish it.",
  },

  check "approved_by_top" {
    question = "Does the policy carry the approval of top management?",
    tests = "design", severity = "major", weight = 2,
    over = function() return { policy() } end,
    expect = {
      filled "approved_by",
      function(document) return checks.is_top_management(document.approved_by, document.approved_at) end,
      never_self("approved_by", "owner"),
      says("late", function(document) return document.approved_at <= document.published_at end),
    },
    empty = "lacks_evidence",
    missing = { approved_by = "the information security policy {id} was approved by nobody" },
    messages = { late = "policy {id} was published on {published_at}, before its approval on {approved_at}" },
    message = "policy {id} was approved by {approved_by}, who was not top management on {approved_at} or owns the policy",
    remedy = "Have top management approve it.",
  },

  check "policy_known" {
    question = "Has everyone under the organisation's control acknowledged the current policy in time?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms, params)
      local document = policy()
      if document == nil then return {} end
      return isms.people:where{ kind = params.audience_kinds }:where(function(person)
        return checks.engaged(person)
          and checks.latest(person.start_date, document.published_at) + params.ack_within < isms.as_of
      end)
    end,
    expect = function(person, _, params)
      return checks.acknowledged("information_security", person, params.ack_within)
    end,
    at_least = "ack_share",
    empty = "lacks_evidence",
    messages = {
      late = "{name} acknowledged the policy {days} late",
      old_version = "{name} acknowledged only version {value} of the policy",
    },
    message = "{name} ({kind}) has not acknowledged the current information security policy",
    remedy = "Chase the acknowledgement through the line manager; make it part of joining.",
  },

  check "acknowledgements_sound" {
    question = "Can the acknowledgements be believed?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms)
      return isms.acknowledgements:where(function(ack)
        return checks.holds(ack.document.topics, "information_security")
      end)
    end,
    expect = {
      filled "version",
      not_future "acknowledged_at",
      says("early", function(ack)
        return ack.version ~= ack.document.version or ack.acknowledged_at >= ack.document.published_at
      end),
      says("after_leaving", function(ack)
        return ack.person.end_date == nil or ack.acknowledged_at <= ack.person.end_date
      end),
    },
    empty = "lacks_evidence",
    missing = { version = "an acknowledgement by {person_id} names no version" },
    messages = {
      early = "{person_id} acknowledged version {version} before it was published",
      after_leaving = "{person_id} acknowledged the policy after leaving",
    },
    message = "the acknowledgement by {person_id} on {acknowledged_at} cannot be right",
    remedy = "Take acknowledgements from the system in which people give them; never enter them by hand.",
  },

  check "frames_objectives" {
    question = "Do the objectives follow from the policy in force?",
    tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.objectives:where{ status = "active" } end,
    expect = {
      filled "policy_id",
      function(objective)
        local document = objective.policy
        return document.status == "published" and (document.kind == "topic_policy" or about_security(document))
      end,
    },
    empty = "not_applicable",
    missing = { policy_id = "objective {id} ({title}) follows from no policy" },
    message = "objective {id} ({title}) rests on {policy_id}, which is not in force",
    remedy = "Tie the objective to the current policy, or drop it.",
  },

  check "available_outside" {
    question = "Can interested parties obtain the policy?",
    tests = "operation", severity = "observation", weight = 1,
    over = function() return { policy() } end,
    expect = any_of(
      function(document)
        local audience = document.audience
        return checks.holds(audience, "public") or checks.holds(audience, "external") or checks.holds(audience, "customers")
      end,
      function(document, isms)
        return isms.communications:where{ record = "made", direction = "external" }:any(function(made)
          return checks.has(made.about, document.id) and made.done_at <= isms.as_of
        end)
      end
    ),
    empty = "lacks_evidence",
    message = "nothing shows that the policy, or a public version, is available to interested parties",
    remedy = "Publish a version for customers, or record how it is handed out on request.",
  },
}
