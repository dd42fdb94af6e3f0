-- 4.1 Context: know what helps or hinders the management system, climate change included, and keep that knowledge fresh.
local checks = require "checks"

local function open_relevant(issue)
  return issue.status == "open" and issue.relevant
end

local function last_looked_at(issue)
  return checks.latest(issue.identified_at, issue.reviewed_at)
end

-- What the organisation demonstrably is and does, and the category in which the context must then show it.
local function facts(isms)
  local organization = isms.organization
  return {
    {
      category = "legal",
      value = "the organisation handles personal data or is bound to jurisdictions",
      holds = organization.handles_personal_data or #organization.jurisdictions > 0,
    },
    {
      category = "technology",
      value = "the organisation uses the cloud or develops software",
      holds = organization.uses_cloud or organization.develops_software,
    },
    {
      category = "supply_chain",
      value = "it relies on suppliers of high or critical importance",
      holds = isms.suppliers:any{ status = "active", criticality = { "high", "critical" } },
    },
    {
      category = "people",
      value = "people work remotely",
      holds = isms.people:where{ remote_worker = true }:any(function(person) return checks.engaged(person) end),
    },
  }
end

return rule "4.1" {
  title = "Understanding the organization and its context",
  intent = "Know the outer and inner circumstances, climate change among them, that help or hinder the management system, and keep that knowledge fresh.",
  needs = { "context_issues", "organization", "people?", "suppliers?", "incidents?" },
  params = {
    review_interval = { default = "365 d", meaning = "longest time since an issue was identified or last reviewed" },
    min_per_side = { default = 2, unit = "issues", meaning = "fewest open relevant issues of each kind" },
    shock_response = {
      default = "90 d",
      meaning = "time within which a critical incident leads to a fresh look at the context",
    },
    lookback = { default = "365 d", meaning = "how far back incidents count" },
  },

  check "both_sides_identified" {
    question = "Are relevant issues known on the outside as well as on the inside?",
    tests = "design", severity = "major", weight = 3,
    over = { "internal", "external" },
    expect = function(side, isms, params)
      local n = isms.context_issues:where{ kind = side, status = "open", relevant = true }:count(function(issue)
        return checks.substantive(issue.description, nil, issue)
      end)
      return n >= params.min_per_side, { n = n, limit = params.min_per_side }
    end,
    message = "only {n} relevant {word} issues are described; {limit} are expected",
    remedy = "Go through market, law, technology, suppliers, organisation and people with the heads of the business and record what matters for information security.",
  },

  check "climate_decided" {
    question = "Has it been decided, with reasons, whether climate change is a relevant issue?",
    tests = "design", severity = "major", weight = 2,
    holds = function(_, isms, params)
      ---@type record.context_issues
      local decision
      for issue in isms.context_issues:where{ category = "climate" }:each() do
        if decision == nil or last_looked_at(issue) >= last_looked_at(decision) then decision = issue end
      end
      if decision == nil then return false, {} end
      if decision.relevant == nil then return false, { record = decision, absent = "relevant" } end
      if decision.rationale == nil then return false, { record = decision, absent = "rationale" } end
      local looked_at = last_looked_at(decision)
      if not checks.within(looked_at, params.review_interval) then
        return false, { record = decision, says = "stale", days = isms.as_of - looked_at }
      end
      if decision.relevant and decision.status ~= "open" then return false, { record = decision, says = "closed" } end
      if not checks.substantive(decision.rationale, nil, decision) then return false, { record = decision, says = "hollow" } end
      return true
    end,
    missing = {
      relevant = "climate issue {id} is recorded without a decision whether it is relevant",
      rationale = "the decision on climate change in {id} is given without a reason",
    },
    messages = {
      stale = "whether climate change is a relevant issue was last decided {days} ago",
      closed = "climate change is held to be relevant, yet issue {id} is closed",
      hollow = "the decision on climate change in {id} is given without a reason that says something",
    },
    message = "it was never decided whether climate change is a relevant issue",
    remedy = "Decide it in the next context review and record the reason, for instance floods or heat at sites and data centres, energy, or customers' demands; \"not relevant\" is a valid outcome.",
  },

  check "matches_facts" {
    question = "Do the issues reflect what the organisation demonstrably is and does?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms)
      local members = {}
      for _, fact in ipairs(facts(isms)) do
        if fact.holds then members[#members + 1] = { word = fact.category, value = fact.value } end
      end
      return members
    end,
    expect = function(fact, isms)
      return isms.context_issues:any{ category = fact.word, status = "open", relevant = true }, { value = fact.value }
    end,
    empty = "not_applicable",
    message = "no relevant issue of category {word}, although {value}",
    remedy = "Add the issue, or record it as not relevant with the reason and have that approved.",
  },

  check "issues_reviewed" {
    question = "Has every open issue been looked at again within the interval?",
    tests = "operation", severity = "minor", weight = 3,
    over = function(isms) return isms.context_issues:where{ status = "open" } end,
    expect = {
      reviewed_within("identified_at", "reviewed_at", "review_interval"),
      function(issue, isms)
        return issue.reviewed_at == nil or issue.reviewed_at >= issue.identified_at,
          { days = isms.as_of - issue.reviewed_at }
      end,
    },
    empty = "lacks_evidence",
    message = "issue {id} ({title}) was last reviewed {days} ago",
    remedy = "Review the context before each management review and date every issue that was confirmed.",
  },

  check "shocks_considered" {
    question = "Did critical incidents lead to a fresh look at the context?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms, params)
      return isms.incidents:where{ severity = "critical" }:where(function(incident)
        return checks.in_period(incident.detected_at) and incident.detected_at + params.shock_response <= isms.as_of
      end)
    end,
    expect = function(incident, isms)
      local function since(day) return day >= incident.detected_at and day <= isms.as_of end
      return isms.context_issues:any(function(issue)
        return since(issue.identified_at) or since(issue.reviewed_at)
      end)
    end,
    empty = "not_applicable",
    message = "no issue was added or reviewed since critical incident {id} ({title})",
    remedy = "Ask after each critical incident whether its cause shows a change in the context, and record the answer.",
  },

  check "issues_owned" {
    question = "Does somebody who is still here watch each relevant issue?",
    tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.context_issues:where(open_relevant) end,
    expect = owned "owner",
    empty = "lacks_evidence",
    missing = { owner = "issue {id} ({title}) has no owner" },
    message = "issue {id} ({title}) is owned by {owner}, who has left",
    remedy = "Name an owner who follows the issue and reports changes.",
  },
}
