-- A.5.19 Supplier relationships: suppliers are known, judged before and while relied on, and left cleanly.
local checks = require "checks"

local function sees_our_information(supplier)
  return supplier.accesses_information == true or supplier.processes_personal_data == true
end

local function weighty(supplier)
  return supplier.criticality == "high" or supplier.criticality == "critical"
end

local function assets_in_use(supplier, isms)
  return isms.assets:where{ supplier_id = supplier, status = "in_use" }
end

-- The newest comparison of the register with what is paid for.
local function ledger_comparison(isms)
  return checks.newest(isms.reconciliations:where{ subject = "suppliers" }, "performed_at")
end

return rule "A.5.19" {
  title = "Information security in supplier relationships",
  intent = "The organisation knows its suppliers, judges them before and while relying on them, "
    .. "and parts from them cleanly.",
  needs = {
    "suppliers", "supplier_assessments", "people", "documents", "assets", "reconciliations",
    "information_transfers?", "classification_levels?",
  },
  params = {
    policy_review_interval = { default = "365 d", meaning = "longest time between two reviews of the policy" },
    lookback = { default = "365 d", meaning = "length of the period judged" },
    ledger_interval = {
      default = "365 d",
      meaning = "longest time between two comparisons of the supplier register with the payments",
    },
    unknown_share = {
      default = 2, unit = "percent",
      meaning = "share of paid suppliers that may be missing in the register",
    },
    assessment_life = {
      default = "365 d",
      meaning = "longest time between the onboarding assessment and the start of the contract",
    },
    legacy_after = {
      default = "1095 d",
      meaning = "age of a contract from which any later assessment makes up for a missing onboarding assessment",
    },
    grace_findings = {
      default = "90 d",
      meaning = "time to close the findings of a conditional acceptance where no due date is set",
    },
    exit_within = { default = "60 d", meaning = "time after the end of a contract to complete the exit" },
  },

  check "supplier_policy_in_force" {
    question = "Is it laid down how suppliers are chosen, judged and watched?",
    tests = "design", severity = "minor", weight = 1,
    holds = policy_in_force "supplier",
    message = "no supplier policy is in force: {why}",
    remedy = "Lay down kinds of suppliers, what is asked of each, and who decides.",
  },

  check "suppliers_owned" {
    question = "Does a present person answer for each supplier?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms)
      return isms.suppliers:where{ status = "active" }
    end,
    expect = owned "owner",
    empty = "lacks_evidence",
    missing = { owner = "nobody answers for supplier {name}" },
    message = "{owner}, who answered for {name}, left on {end_date}",
    remedy = "Name an owner in the business area that uses the service.",
  },

  check "register_matches_ledger" {
    question = "Does the register hold everybody who is paid for services that matter?",
    tests = "operation", severity = "minor", weight = 3,
    holds = {
      says("it was not compared with the payments within {limit}", function(_, isms, params)
        local comparison = ledger_comparison(isms)
        return checks.within(comparison.performed_at, params.ledger_interval),
          { limit = params.ledger_interval, record = comparison }
      end),
      says("the comparison of {performed_at} found nothing that is paid for", function(_, isms)
        local comparison = ledger_comparison(isms)
        return comparison.found_items > 0, { record = comparison }
      end),
      says("{n} of {found_items} paid suppliers were not in it, and this is not resolved", function(_, isms, params)
        local comparison = ledger_comparison(isms)
        local resolved = comparison.resolved_at
        return checks.share(comparison.unknown_items, comparison.found_items) <= params.unknown_share
          or comparison.performed_at <= resolved and resolved <= isms.as_of,
          { n = comparison.unknown_items or "an unknown number", record = comparison }
      end),
    },
    message = "supplier register is not known to be complete: {why}",
    remedy = "Compare the register with the accounts payable, single sign-on and card statements, "
      .. "and register who is missing.",
  },

  check "criticality_consistent" {
    question = "Does a supplier's criticality fit what depends on it?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      return isms.suppliers:where{ status = "active" }
        :where(function(supplier) return assets_in_use(supplier, isms):any() end)
    end,
    expect = {
      says("it is critical", function(supplier, isms)
        local asset = assets_in_use(supplier, isms):first{ critical = true }
        return asset == nil or weighty(supplier), { asset = asset }
      end),
      says("it holds personal data, and the supplier is not said to process any", function(supplier, isms)
        local asset = assets_in_use(supplier, isms):first{ holds_personal_data = true }
        return asset == nil or supplier.processes_personal_data == true, { asset = asset }
      end),
      says("it is classified {value}, and the supplier is not said to access information", function(supplier, isms)
        local asset = assets_in_use(supplier, isms):where{ type = { "service", "cloud_resource", "information" } }
          :first(function(candidate) return checks.sensitive(candidate.classification) end)
        return asset == nil or supplier.accesses_information == true, { asset = asset, value = asset.classification }
      end),
    },
    empty = "lacks_evidence",
    message = "{name} is rated {criticality}, but {asset} says otherwise: {why}",
    remedy = "Raise the rating, and do the assessments that go with it.",
  },

  check "assessed_before_start" {
    question = "Were suppliers that matter assessed before the contract began?",
    tests = "operation", severity = "major", weight = 5,
    over = function(isms)
      return isms.suppliers:where{ status = "active" }:where(function(supplier)
        return (supplier.contract_start == nil or supplier.contract_start <= isms.as_of)
          and (sees_our_information(supplier) or weighty(supplier))
      end)
    end,
    expect = {
      filled "contract_start",
      function(supplier, isms, params)
        local start = supplier.contract_start
        return isms.supplier_assessments:where{ supplier_id = supplier }:any(function(assessment)
          local at = assessment.performed_at
          return assessment.kind == "onboarding" and start - params.assessment_life <= at and at <= start
            or assessment.kind ~= "exit" and start + params.legacy_after < isms.as_of and at <= isms.as_of
        end)
      end,
      function(supplier, isms)
        local claimed = supplier.onboarding_assessed_at
        return claimed == nil or isms.supplier_assessments:where{ supplier_id = supplier, kind = "onboarding" }
          :any(function(assessment) return assessment.performed_at == claimed end)
      end,
    },
    empty = "not_applicable",
    missing = { contract_start = "contract with {name} has no start date" },
    message = "{name} came in on {contract_start} without an assessment before, "
      .. "or the register claims one that is not there",
    remedy = "Assess the supplier now; let purchasing release no order without it.",
  },

  check "decisions_respected" {
    question = "Are rejections kept to, conditions met, and decisions taken by another than the assessor?",
    tests = "operation", severity = "major", weight = 4,
    over = function(isms)
      local latest = {}
      for supplier in isms.suppliers:where{ status = "active" }:each() do
        local assessments = isms.supplier_assessments
          :where{ supplier_id = supplier, kind = { "onboarding", "periodic", "change", "incident" } }
        local newest = checks.newest(assessments, "performed_at")
        table.insert(latest, newest)
      end
      return latest
    end,
    expect = {
      says("the decision was {decision}, with {findings_open} findings open", function(assessment, isms, params)
        local due = assessment.findings_due_at or assessment.performed_at + params.grace_findings
        return assessment.decision == "accept"
          or assessment.decision == "conditional" and (assessment.findings_open == 0 or isms.as_of <= due)
      end),
      given(all_of(one_of("rating", "critical"), at_least("findings_open", 1)),
        says("it was accepted at a critical rating with {findings_open} findings open", none_of("decision", "accept"))),
      filled "decided_by",
      given(function(assessment) return weighty(assessment.supplier) end,
        says("the assessor took the decision", never_self("decided_by", "assessor"))),
      says("it was decided on {decided_at}, before it was made", in_order("performed_at", "decided_at")),
    },
    empty = "lacks_evidence",
    missing = {
      decision = "assessment {id} of {supplier} ends without a decision",
      decided_by = "nobody took the decision on {supplier}",
    },
    message = "{supplier} is in use against its last assessment of {performed_at}: {why}",
    remedy = "Enforce the condition, or look for another supplier; let the risk owner decide in writing.",
  },

  check "exits_completed" {
    question = "Were relations that ended really brought to an end?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms, params)
      return isms.suppliers:where{ status = "terminated" }:where(function(supplier)
        return checks.in_period(supplier.contract_end) and supplier.contract_end + params.exit_within < isms.as_of
          and sees_our_information(supplier)
      end)
    end,
    expect = {
      says("no exit assessment was made within {limit} of {contract_end}", function(supplier, isms, params)
        local ended, span = supplier.contract_end, params.exit_within
        return isms.supplier_assessments:where{ supplier_id = supplier, kind = "exit" }:any(function(assessment)
          return ended - span <= assessment.performed_at and assessment.performed_at <= ended + span
        end), { limit = span }
      end),
      says("{other} still goes on", function(supplier, isms, params)
        local transfer = isms.information_transfers:where{ supplier_id = supplier }:first(function(flow)
          return flow.status == "active" or flow.last_used_at > supplier.contract_end + params.exit_within
        end)
        return transfer == nil, { other = transfer }
      end),
    },
    empty = "not_applicable",
    message = "exit from {name} is not complete: {why}",
    remedy = "Close interfaces and accounts, get data back and its deletion confirmed, and record the exit.",
  },
}
