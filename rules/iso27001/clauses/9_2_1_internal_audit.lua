-- 9.2.1 Internal audit: at planned intervals, against the standard and our own rules, deep enough to find what is wrong.
local checks = require "checks"

local function completed(isms)
  return isms.audits:where{ kind = "internal", status = "completed" }
end

-- The internal audits completed within the cycle that have the clause or control in their scope.
local function audits_of(isms, id, cycle)
  return completed(isms):where(function(audit)
    return checks.within(audit.completed_at, cycle) and checks.covers_id(audit.scope, id)
  end)
end

local function scope_within(cycle)
  return checks.assessed_scope("internal", cycle)
end

return rule "9.2.1" {
  title = "Internal audit: General",
  intent = "Audit the system at planned intervals against the standard and our own rules, deep enough to find what is wrong.",
  needs = { "audits", "nonconformities", "soa", "documents", "scope?" },
  params = {
    audit_interval = { default = "365 d", meaning = "longest time between completed internal audits" },
    grace = { default = "30 d", meaning = "delay allowed beyond it" },
    clause_cycle = { default = "365 d", meaning = "time in which internal audits cover all clauses" },
    control_cycle = { default = "1095 d", meaning = "time in which internal audits cover all applicable controls" },
    weak = {
      default = 0.5, unit = "effectiveness 0 to 1",
      meaning = "effectiveness below which an audit should have had a finding",
    },
  },

  check "audited_recently" {
    question = "Was there a completed internal audit within the interval?",
    tests = "operation", severity = "major", weight = 3,
    holds = {
      function(_, isms)
        local undated = completed(isms):first(function(audit) return audit.completed_at == nil end)
        return undated == nil, { record = undated, absent = "completed_at" }
      end,
      function(_, isms, params)
        local ok, newest = checks.recent(completed(isms), "completed_at", params.audit_interval + params.grace)
        return ok, { record = newest, days = isms.as_of - newest.completed_at }
      end,
      says("dates", function(_, isms)
        local odd = completed(isms):first(function(audit)
          return not (audit.started_at <= audit.completed_at and audit.completed_at <= isms.as_of)
        end)
        return odd == nil, { record = odd }
      end),
    },
    missing = { completed_at = "audit {id} ({title}) is called completed without a date" },
    messages = { dates = "audit {id} ({title}) was not completed between its start and now" },
    message = "the last internal audit was completed {days} ago or never",
    remedy = "Carry out the audit; make up the lost cycle with full coverage.",
  },

  check "clauses_covered" {
    question = "Did internal audits cover every clause?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      local clauses = {}
      for _, clause in ipairs(isms.catalog.clauses) do clauses[#clauses + 1] = clause.id end
      return clauses
    end,
    expect = function(clause, _, params)
      local scope = checks.once(scope_within, params.clause_cycle)
      return checks.covers_id(scope, clause), { limit = params.clause_cycle }
    end,
    empty = "lacks_evidence",
    message = "clause {word} was not covered by an internal audit within {limit}",
    remedy = "Add the clause to the next audit.",
  },

  check "controls_covered" {
    question = "Does the cycle cover every applicable control?",
    tests = "operation", severity = "major", weight = 2,
    over = function(isms) return isms.soa:where{ applicable = true } end,
    expect = any_of(
      function(row, _, params)
        return checks.covers_id(checks.once(scope_within, params.control_cycle), row.control),
          { limit = params.control_cycle }
      end,
      function(row, isms, params)
        local first = completed(isms):min "completed_at"
        return isms.audits:where{ kind = "internal", status = "planned" }:any(function(audit)
          return audit.planned_at >= first and audit.planned_at <= first + params.control_cycle
            and checks.covers_id(audit.scope, row.control)
        end), { limit = params.control_cycle }
      end
    ),
    empty = "lacks_evidence",
    values = function(_, _, params) return { limit = params.control_cycle } end,
    message = "{control} is applicable, but neither audited within {limit} nor planned to be",
    remedy = "Spread the controls over the audits of the cycle.",
  },

  check "sites_covered" {
    question = "Does the cycle reach every site and unit in scope?",
    tests = "operation", severity = "minor", weight = 1,
    over = function(isms, params)
      return isms.scope:where{ in_scope = true, kind = { "site", "unit" } }:where(function(part)
        return part.decided_at + params.audit_interval <= isms.as_of
      end)
    end,
    expect = function(part, isms, params)
      return isms.audits:where{ kind = "internal" }:any(function(audit)
        return checks.holds(audit.units, part.name)
          and (audit.status == "completed" and audit.completed_at >= isms.as_of - params.control_cycle
            or audit.status == "planned" and audit.planned_at >= isms.as_of)
      end), { limit = params.control_cycle }
    end,
    empty = "not_applicable",
    message = "{kind} {name} is in scope, but neither audited within {limit} nor planned to be",
    remedy = "Add the site or unit to the programme; sample only where sites are alike, and say so.",
  },

  check "own_rules_audited" {
    question = "Are our own rules audited, too, and not only the standard?",
    tests = "design", severity = "minor", weight = 1,
    over = function(isms, params)
      return completed(isms):where(function(audit) return audit.completed_at >= isms.as_of - params.clause_cycle end)
    end,
    expect = {
      filled "criteria",
      function(audit, isms)
        local standard, own = false, false
        for _, criterion in ipairs(audit.criteria) do
          standard = standard or checks.contains(criterion, "27001")
          own = own or isms.documents:get(criterion) ~= nil
        end
        return standard and own, { criteria = audit.criteria }
      end,
    },
    empty = "lacks_evidence",
    missing = { criteria = "audit {id} ({title}) states no criteria" },
    message = "audit {id} ({title}) was held against {criteria}, without the standard or without own documents",
    remedy = "Name the policies and procedures that are audited with the clauses.",
  },

  check "audits_find_weakness" {
    question = "Did the audits see what the evidence shows?",
    tests = "operation", severity = "minor", weight = 3,
    over = function(isms, params)
      local members = {}
      for _, control in ipairs(isms.catalog.controls) do
        if checks.evaluated(control.id) and checks.effectiveness(control.id) < params.weak then
          local audits = audits_of(isms, control.id, params.clause_cycle)
          if #audits > 0 then members[#members + 1] = { word = control.id, since = audits:min "started_at" } end
        end
      end
      return members
    end,
    expect = function(control, isms)
      return isms.nonconformities:where{ requirement = control.word }:any(function(found)
        return found.status ~= "closed" or found.raised_at >= control.since
      end), { value = checks.effectiveness(control.word) }
    end,
    empty = "not_applicable",
    message = "{word} was audited, its effectiveness is only {value}, and the audit found nothing",
    remedy = "Have the auditors test samples from the records; look at their method with them.",
  },
}
