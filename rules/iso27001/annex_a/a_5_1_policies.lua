-- A.5.1 Policies for information security: approved at the top, known to the people, kept up with change.
local checks = require "checks"

-- The kinds of document that may settle one topic.
local TOPIC_KINDS = { "policy", "topic_policy", "standard", "procedure" }

local function published_policies(isms)
  return isms.documents:where{ kind = { "policy", "topic_policy" }, status = "published" }
end

return rule "A.5.1" {
  title = "Policies for information security",
  intent = "People work by security policies that management approved, that they know, and that keep up with change.",
  needs = { "documents", "acknowledgements", "people", "organization", "roles?", "changes?", "incidents?" },
  params = {
    policy_review_interval = { default = "365 d", meaning = "longest time between two reviews of a policy" },
    required_topics = {
      default = {
        "access_control", "acceptable_use", "asset_management", "classification", "information_transfer", "incident",
        "backup", "cryptography", "endpoint", "network", "supplier", "vulnerability",
      },
      unit = "words", meaning = "topics that need a policy or standard of their own in every organisation",
    },
    ack_within = { default = "30 d", meaning = "time to acknowledge a policy after it was published or after joining" },
    ack_share = {
      default = 95, unit = "percent",
      meaning = "share of the audience that must have acknowledged in time",
    },
    policy_levels = {
      default = 0, unit = "steps",
      meaning = "how far below top management the approver of a policy may stand",
    },
    topic_levels = { default = 3, unit = "steps", meaning = "the same for topic policies" },
    review_after_change = {
      default = "90 d",
      meaning = "time to look at the policy again after a significant change or critical incident",
    },
    stamp_share = {
      default = 80, unit = "percent",
      meaning = "share of policies with one and the same review date that looks like a rubber stamp",
    },
    stamp_min = { default = 10, unit = "documents", meaning = "number of policies from which that share is judged" },
    lookback = { default = "365 d", meaning = "length of the period judged" },
  },

  check "isms_policy_in_force" {
    question = "Is there one information security policy in force, approved by someone other than its owner?",
    tests = "design", severity = "major", weight = 3,
    holds = {
      policy_in_force("information_security", "policy"),
      says("two published policies bear the same title", function(_, isms)
        local titles = checks.alike(isms.documents, "topics", "information_security")
          :where{ kind = "policy", status = "published" }
          :map(function(policy) return policy.title end)
        return #checks.distinct(titles) == #titles
      end),
    },
    message = "no information security policy is in force: {why}",
    remedy = "Publish one policy that top management, not its author, has approved, and retire older versions.",
  },

  check "topic_policies_in_force" {
    question = "Does every area that matters here have a policy or standard in force?",
    tests = "design", severity = "minor", weight = 2,
    over = function(isms, params)
      local organization = isms.organization
      return checks.with(params.required_topics,
        { "cloud", organization.uses_cloud },
        { "development", organization.develops_software },
        { "physical_security", organization.has_premises },
        { "privacy", organization.handles_personal_data })
    end,
    expect = function(topic)
      return checks.policy_in_force(topic, TOPIC_KINDS)
    end,
    empty = "not_applicable",
    message = "no policy on {word} is in force",
    remedy = "Write or renew the policy for this area and have it approved and published.",
  },

  check "policies_reviewed" {
    question = "Was each published policy reviewed within the planned interval?",
    tests = "operation", severity = "major", weight = 3,
    over = published_policies,
    expect = {
      reviewed_within("reviewed_at", "approved_at", "policy_review_interval"),
      function(policy, isms)
        return policy.next_review_at == nil or policy.next_review_at >= isms.as_of
      end,
    },
    empty = "lacks_evidence",
    values = function(policy, isms)
      return { days = isms.as_of - checks.latest(policy.reviewed_at, policy.approved_at) }
    end,
    missing = { approved_at = "{title} is published, but no approval date is recorded" },
    message = "{title} {version} was last reviewed {days} ago or is past its own review date {next_review_at}",
    remedy = "Review the policy, record date and outcome even where nothing changes, and set the next date.",
  },

  check "approved_at_the_top" {
    question = "Were the policies approved by someone with the authority to do so?",
    tests = "operation", severity = "minor", weight = 2,
    over = published_policies,
    expect = {
      says("its owner approved it", never_self("approved_by", "owner")),
      says("the approver was not with the organisation on {approved_at}", engaged("approved_by", "approved_at")),
      says("the approver stands more than {limit} steps below top management", function(policy, _, params)
        local levels = policy.kind == "policy" and params.policy_levels or params.topic_levels
        return checks.reports_up(policy.approved_by, levels, policy.approved_at), { limit = levels }
      end),
    },
    empty = "lacks_evidence",
    missing = {
      approved_by = "{title} is published without a named approver",
      approved_at = "{title} is published, but no approval date is recorded",
    },
    message = "approval of {title} by {approved_by} does not count: {why}",
    remedy = "Have the policy approved by top management, or by the manager to whom it has delegated this.",
  },

  check "people_acknowledged" {
    question = "Has the audience acknowledged the current security policy in time?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms, params)
      local policy = checks.current "information_security"
      return isms.people:where(function(person)
        return checks.engaged(person) and checks.in_audience(person, policy)
          and checks.latest(person.start_date, policy.published_at) + params.ack_within < isms.as_of
      end)
    end,
    expect = function(person, _, params)
      return checks.acknowledged("information_security", person, params.ack_within)
    end,
    at_least = "ack_share",
    empty = "lacks_evidence",
    values = function(_, _, params)
      local policy = checks.current "information_security"
      return { document = policy, version = policy.version, limit = params.ack_within }
    end,
    message = "{name} has not acknowledged {document} {version} within {limit}",
    remedy = "Have the open acknowledgements made, managers chasing their own teams.",
  },

  check "reviewed_after_change" {
    question = "Was the security policy looked at again after significant changes and critical incidents?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms, params)
      local events = {}
      local function add(records, field)
        for record in records:each() do
          local since = record[field]
          if checks.in_period(since) and since + params.review_after_change < isms.as_of then
            table.insert(events, { record = record, since = since })
          end
        end
      end
      add(isms.changes:where{ target = "isms", status = { "implemented", "closed" } }, "implemented_at")
      add(isms.incidents:where{ severity = "critical" }, "closed_at")
      return events
    end,
    expect = function(event, isms)
      -- The register keeps the latest review only, so a later one counts too.
      local function looked_at(day)
        return event.since <= day and day <= isms.as_of
      end
      return checks.alike(isms.documents, "topics", "information_security")
        :where{ status = "published" }
        :any(function(policy) return looked_at(policy.reviewed_at) or looked_at(policy.approved_at) end)
    end,
    empty = "not_applicable",
    message = "the security policy was not reviewed after {title}, allowed were {review_after_change}",
    remedy = "Review the policy now in the light of this event, and make that a step of change and incident closure.",
  },

  check "dates_credible" {
    question = "Do the dates of the policies tell a believable story?",
    tests = "operation", severity = "observation", weight = 1,
    over = published_policies,
    expect = {
      in_order("approved_at", "published_at"),
      not_future("approved_at", "published_at", "reviewed_at"),
      says("its next review on {next_review_at} does not come after the last one", function(policy)
        return policy.next_review_at == nil or policy.next_review_at > policy.reviewed_at
      end),
      not_stamped("documents", "reviewed_at", "stamp_share", "stamp_min"),
    },
    empty = "lacks_evidence",
    message = "dates of {title} are not credible: {why}",
    remedy = "Correct the register from the document history, and review policies one by one.",
  },
}
