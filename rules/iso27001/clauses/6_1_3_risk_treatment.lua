-- 6.1.3 Risk treatment: controls chosen from the risks and held against Annex A without gaps; owners accept what remains.
local checks = require "checks"

local decided = { "open", "treated", "accepted" }

local function residual(risk) return checks.derived_residual(risk) end

local function appetite(isms) return isms.risk_criteria[1].appetite end

-- The open risks that rely on a control, by their own list or by risk_controls.
local function risks_relying_on(isms, control)
  local risks = isms.risks:where{ controls = control, status = decided }:map(function(risk) return risk end)
  for link in isms.risk_controls:where{ control = control }:each() do
    local risk = link.risk
    if risk ~= nil and risk.status ~= "closed" then risks[#risks + 1] = risk end
  end
  return checks.distinct(risks)
end

-- How many rows of the SoA have each value of a field, and the value that most of them have.
local function tally(isms, field)
  local count, most = {}, nil
  for row in isms.soa:each() do
    local value = row[field]
    if value ~= nil then
      count[value] = (count[value] or 0) + 1
      if most == nil or count[value] > count[most] then most = value end
    end
  end
  return count, most
end

-- {version, approver} that most rows bear. A row that differs is the odd one; where rows differ, the SoA is not one version.
local function usual(isms)
  local _, version = tally(isms, "version")
  local _, approver = tally(isms, "approved_by_id")
  return { version = version, approver = approver }
end

local function justifications(isms)
  return (tally(isms, "justification"))
end

local function in_use(isms, filter)
  filter.status = filter.status or "in_use"
  return isms.assets:any(filter)
end

local function active_supplier(isms, flag)
  return isms.suppliers:any{ status = "active", [flag] = true }
end

local function engaged_with(isms, filter)
  return isms.people:where(filter):any(function(person) return checks.engaged(person) end)
end

-- A control is wrongly excluded while the fact holds. `needs`: the kinds that the fact rests on.
local contradictions = {
  {
    controls = { "A.5.1", "A.5.2", "A.5.31", "A.5.36", "A.6.3" },
    fact = "clauses 4.2, 5.2, 5.3, 7.3 and 9.2.1 ask for the same",
    holds = function() return true end,
  },
  {
    controls = { "A.5.9", "A.5.15", "A.5.24", "A.5.25", "A.5.26" },
    fact = "assets are in use",
    holds = function(isms) return in_use(isms, {}) end,
  },
  {
    controls = { "A.5.16", "A.5.17", "A.5.18", "A.8.3", "A.8.5" },
    fact = "people have active accounts",
    holds = function(isms) return isms.accounts:any{ status = "active", kind = "human" } end,
  },
  {
    controls = { "A.5.19", "A.5.20", "A.5.22" },
    fact = "active suppliers access information",
    holds = function(isms) return active_supplier(isms, "accesses_information") end,
  },
  {
    controls = { "A.5.21" },
    fact = "active suppliers deliver ICT products",
    holds = function(isms) return active_supplier(isms, "ict_product") end,
  },
  {
    controls = { "A.5.23" },
    fact = "the cloud is used",
    holds = function(isms) return isms.organization.uses_cloud or active_supplier(isms, "cloud") end,
  },
  {
    controls = { "A.5.34" },
    fact = "personal data is handled",
    holds = function(isms)
      return isms.organization.handles_personal_data or in_use(isms, { holds_personal_data = true })
    end,
  },
  {
    controls = { "A.5.11", "A.6.1", "A.6.2", "A.6.4", "A.6.5" },
    fact = "people are employed",
    holds = function(isms) return engaged_with(isms, { kind = "employee" }) end,
  },
  {
    controls = { "A.6.7", "A.7.9" },
    fact = "people work remotely",
    holds = function(isms) return engaged_with(isms, { remote_worker = true }) end,
  },
  {
    controls = { "A.7.1", "A.7.2", "A.7.3", "A.7.5", "A.7.8" },
    fact = "there are premises",
    holds = function(isms) return isms.organization.has_premises or in_use(isms, { type = "facility" }) end,
  },
  {
    controls = { "A.7.10" },
    fact = "storage media are in use or in store",
    holds = function(isms) return in_use(isms, { type = "media", status = { "in_use", "in_store" } }) end,
  },
  {
    controls = { "A.7.14" },
    fact = "equipment or media are in use, in store or disposed of",
    holds = function(isms)
      return in_use(isms, { type = { "hardware", "media" }, status = { "in_use", "in_store", "disposed" } })
    end,
  },
  {
    controls = { "A.8.1" },
    fact = "devices are assigned to people",
    holds = function(isms)
      return isms.assets:where{ type = "hardware", status = "in_use" }:any(function(asset)
        return asset.assigned_to_id ~= nil
      end)
    end,
  },
  {
    controls = { "A.8.2" },
    fact = "privileged accounts are active",
    holds = function(isms) return isms.accounts:any{ status = "active", privileged = true } end,
  },
  {
    controls = { "A.8.8", "A.8.20", "A.8.21" },
    fact = "systems face the Internet",
    holds = function(isms) return in_use(isms, { internet_facing = true }) end,
  },
  {
    controls = { "A.8.13" },
    fact = "critical information and systems are in use",
    holds = function(isms)
      return in_use(isms, { critical = true, type = { "information", "software", "cloud_resource" } })
    end,
  },
  {
    controls = { "A.8.4", "A.8.25", "A.8.28", "A.8.29", "A.8.31" },
    fact = "software is developed here",
    holds = function(isms) return isms.organization.develops_software end,
  },
  {
    controls = { "A.8.30" },
    fact = "active suppliers develop for the organisation",
    holds = function(isms) return active_supplier(isms, "develops_for_us") end,
  },
}

-- One condition for each row of the table, so that a row whose optional kind is not supplied is left out alone.
local function contradicted(entry)
  return function(row, isms)
    if not checks.has(entry.controls, row.control) then return true end
    return not entry.holds(isms), { value = entry.fact }
  end
end

local function not_contradicted()
  local conditions = {}
  for _, entry in ipairs(contradictions) do conditions[#conditions + 1] = contradicted(entry) end
  return all_of(table.unpack(conditions))
end

-- Each control that a record relies on, once per record: what names it, and whether it is counted on as done.
local function reliances(isms)
  local members = {}
  local function add(record, control, done)
    members[#members + 1] = { record = record, word = control, done = done }
  end
  local planned = {}
  for link in isms.risk_controls:where{ planned = true }:each() do
    planned[link.risk_id .. " " .. link.control] = true
  end
  for risk in isms.risks:where{ status = decided }:each() do
    for _, control in ipairs(checks.distinct(risk.controls)) do
      add(risk, control, risk.status == "treated" and not planned[risk.id .. " " .. control])
    end
  end
  for link in isms.risk_controls:each() do
    local risk = link.risk
    if risk ~= nil and risk.status ~= "closed" then
      add(link, link.control, risk.status == "treated" and not link.planned)
    end
  end
  for treatment in isms.treatments:each() do
    if treatment.status ~= "cancelled" then
      for _, control in ipairs(checks.distinct(treatment.controls)) do add(treatment, control, treatment.status == "done") end
    end
  end
  return members
end

-- The first treatment of the risk that is in order; else what the first one lacks.
local function treatment_in_order(risk, isms)
  local treatments = isms.treatments:where{ risk_id = risk }
  local live = treatments:where{ status = { "planned", "in_progress", "done" } }
  if #live == 0 then
    if #treatments > 0 then return false, { says = "cancelled" } end
    return false, {}
  end
  local lack
  for treatment in live:each() do
    ---@type values
    local broken
    if treatment.owner_id == nil then broken = { absent = "treatments.owner" }
    elseif treatment.due_at == nil then broken = { absent = "treatments.due_at" }
    elseif treatment.approved_by_id == nil then broken = { absent = "treatments.approved_by" }
    elseif treatment.approved_by_id ~= risk.owner_id then broken = { says = "other" }
    elseif not (treatment.approved_at <= isms.as_of) then broken = { says = "undated" }
    else return true end
    broken.other = treatment
    lack = lack or broken
  end
  return false, lack
end

local function names_a_control(risk, isms)
  return #risk.controls > 0 or #isms.risk_controls:where{ risk_id = risk } > 0
    or isms.treatments:where{ risk_id = risk, status = { "planned", "in_progress", "done" } }:any(function(treatment)
      return #treatment.controls > 0
    end)
end

local function treated_by(...)
  local ways = { ... }
  return function(risk) return checks.has(ways, risk.treatment) end
end

local function above_appetite(risk, isms) return residual(risk) > appetite(isms) end

return rule "6.1.3" {
  title = "Information security risk treatment",
  intent = "Choose treatment and controls from the risks, compare them with Annex A without gaps, and let the risk owner accept what remains.",
  needs = {
    "risks", "risk_criteria", "treatments", "soa", "people", "organization",
    "risk_controls?", "interested_parties?", "suppliers?", "assets?", "accounts?",
  },
  params = {
    soa_review_interval = { default = "365 d", meaning = "longest time since the SoA was approved or confirmed" },
    min_words = { default = 4, unit = "words", meaning = "shortest justification that can say something" },
    max_same_text = { default = 20, unit = "rows", meaning = "most SoA rows with one and the same justification" },
    max_acceptance = { default = "365 d", meaning = "longest acceptance of a risk above the appetite" },
  },

  check "soa_complete" {
    question = "Does the SoA decide each of the 93 controls exactly once?",
    tests = "design", severity = "major", weight = 3,
    over = function(isms)
      local members, known = {}, {}
      for _, control in ipairs(isms.catalog.controls) do
        known[control.id] = true
        local rows = isms.soa:where{ control = control.id }
        members[#members + 1] = { record = rows[1], word = control.id, key = control.id, rows = #rows, known = true }
      end
      for row in isms.soa:each() do
        if row.control:sub(1, 2) == "A." and not known[row.control] then
          members[#members + 1] = { record = row, word = row.control, key = row.control, rows = 1 }
        end
      end
      return members
    end,
    expect = {
      says("unknown", function(member) return member.known end),
      says("absent", function(member) return member.rows > 0 end),
      says("twice", function(member) return member.rows == 1, { n = member.rows } end),
      filled "applicable",
      filled "justification",
      function(member) return checks.substantive(member.record.justification, nil, member.record) end,
      given(function(member) return member.record.applicable end, filled "status"),
      filled "version",
      filled "approved_by",
      says("mixed", function(member, isms)
        local row, most = member.record, checks.once(usual, isms)
        return row.version == most.version, { ids = { most.version, row.version } }
      end),
      says("approvers", function(member, isms)
        return member.record.approved_by_id == checks.once(usual, isms).approver
      end),
      not_future "approved_at",
      says("stale", reviewed_within("approved_at", "reviewed_at", "soa_review_interval")),
    },
    empty = "lacks_evidence",
    missing = {
      status = "{control} is applicable, but the SoA does not say whether it is implemented",
      justification = "{control} is decided without a justification",
      version = "the SoA row of {control} has no version",
      approved_by = "the SoA row of {control} is not approved",
    },
    messages = {
      absent = "{word} has no row in the SoA",
      twice = "{word} has {n} rows in the SoA",
      unknown = "{word} is no control of the 2022 edition; the row may stem from an older one",
      mixed = "the SoA rows carry different versions: {ids}",
      approvers = "the SoA row of {control} was approved by {approved_by}, the others by somebody else",
      stale = "the SoA was last approved or confirmed {days} ago",
    },
    message = "the SoA row of {control} is incomplete",
    remedy = "Complete the SoA and have it approved as one version.",
  },

  check "risk_controls_applicable" {
    question = "Is every control that a risk or a treatment relies on applicable in the SoA?",
    tests = "operation", severity = "major", weight = 3,
    over = reliances,
    expect = {
      says("unknown", function(member, isms) return isms.soa:get(member.word) ~= nil end),
      function(member, isms) return isms.soa:get(member.word).applicable, {} end,
      given(function(member) return member.done end,
        says("idle", function(member, isms)
          local status = isms.soa:get(member.word).status
          return status == "implemented" or status == "partial", { value = status or "undecided" }
        end)),
    },
    empty = "lacks_evidence",
    messages = {
      unknown = "{record} relies on {word}, which the SoA does not know",
      idle = "{record} counts on {word} as done, but the SoA calls it {value}",
    },
    message = "{record} relies on {word}, which the SoA excludes",
    remedy = "Include the control in the SoA, or treat the risk by another one.",
  },

  check "exclusions_hold" {
    question = "Is every exclusion justified, and contradicted neither by a risk nor by facts?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms) return isms.soa:where{ applicable = false } end,
    expect = {
      filled "justification",
      says("hollow", substantive "justification"),
      says("risk", function(row, isms)
        local relying = isms.risks:where{ controls = row.control, status = decided }
        return #relying == 0, { ids = relying }
      end),
      says("risk", function(row, isms)
        local relying = risks_relying_on(isms, row.control)
        return #relying == 0, { ids = relying }
      end),
      not_contradicted(),
    },
    empty = "not_applicable",
    missing = { justification = "{control} is excluded without a justification" },
    messages = {
      risk = "{control} is excluded, yet {ids} rely on it",
      hollow = "{control} is excluded with a justification that says nothing: {justification}",
    },
    message = "{control} is excluded, although {value}",
    remedy = "Include the control, or correct the fact or the risk that contradicts the exclusion.",
  },

  check "inclusions_backed" {
    question = "Is there something behind each reason for including a control?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms) return isms.soa:where{ applicable = true } end,
    expect = {
      filled "reasons",
      says("reasons", holds_one("reasons", "risk", "legal", "contract", "business", "best_practice")),
      given(function(row) return checks.holds(row.reasons, "risk") end,
        says("risk", function(row, isms) return #risks_relying_on(isms, row.control) > 0 end)),
      given(function(row) return checks.holds(row.reasons, "legal") or checks.holds(row.reasons, "contract") end,
        says("binding", function(row, isms)
          return isms.interested_parties:where{ status = "active", basis = { "law", "contract" } }:any(function(party)
            return checks.covers_id(party.addressed_by, row.control)
          end)
        end)),
      owned "owner",
      says("copied", function(row, isms, params)
        local n = checks.once(justifications, isms)[row.justification]
        return n <= params.max_same_text, { n = n }
      end),
    },
    empty = "lacks_evidence",
    missing = {
      reasons = "{control} is applicable for no stated reason",
      owner = "{control} is applicable, but has no owner",
    },
    messages = {
      reasons = "{control} is applicable for reasons that are none: {reasons}",
      risk = "{control} is included because of a risk, but no open risk names it",
      binding = "{control} is included because of law or contract, but no requirement of an interested party leads to it",
      copied = "{n} controls share the justification '{justification}'",
    },
    message = "{control} belongs to {owner}, who has left",
    remedy = "Link the risk or requirement that calls for the control, or give the true reason.",
  },

  check "risks_above_appetite_planned" {
    question = "Is there a plan or a decision for every risk above the appetite?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      return isms.risks:where{ status = decided }:where(function(risk) return above_appetite(risk, isms) end)
    end,
    expect = {
      given(treated_by("modify", "avoid", "share"), treatment_in_order),
      given(treated_by("modify"), says("no_controls", names_a_control)),
      given(treated_by("retain"), all_of(filled "accepted_by", filled "accepted_at")),
    },
    empty = "not_applicable",
    values = function(risk, isms) return { value = residual(risk), limit = appetite(isms) } end,
    missing = {
      accepted_by = "risk {id} ({title}) is retained at {value}, above the appetite, and nobody has accepted it",
      ["treatments.owner"] = "nobody is to carry out treatment {treatments.id} of risk {id} ({title})",
      ["treatments.approved_by"] = "nobody has approved treatment {treatments.id} of risk {id} ({title})",
    },
    messages = {
      other = "treatment {treatments.id} of risk {id} ({title}) was approved by {treatments.approved_by}, not by the owner of the risk",
      undated = "the approval of treatment {treatments.id} of risk {id} ({title}) has no date, or one in the future",
      no_controls = "risk {id} ({title}) is to be modified, but by no control",
      cancelled = "all treatments of risk {id} ({title}) are cancelled; it stands at {value}",
    },
    message = "risk {id} ({title}) stands at {value}, above the appetite of {limit}, without a treatment plan",
    remedy = "Decide on the treatment with the risk owner and enter it in the plan.",
  },

  check "acceptance_by_owner" {
    question = "Did the risk owner accept the remaining risk, within limits of score and time?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      return isms.risks:where(function(risk)
        return risk.status == "accepted" or risk.status == "treated"
          or risk.status == "open" and risk.treatment == "retain"
      end)
    end,
    expect = {
      filled "accepted_by",
      says("other", function(risk) return risk.accepted_by_id == risk.owner_id end),
      filled "accepted_at",
      engaged("accepted_by", "accepted_at"),
      says("before", function(risk) return risk.assessed_at <= risk.accepted_at end),
      given(above_appetite,
        filled "acceptance_expires_at",
        says("expired", function(risk, isms)
          return risk.acceptance_expires_at >= isms.as_of, { days = isms.as_of - risk.acceptance_expires_at }
        end),
        says("long", function(risk, _, params)
          return risk.acceptance_expires_at <= risk.accepted_at + params.max_acceptance, { limit = params.max_acceptance }
        end)),
      given(function(_, isms) return isms.risk_criteria[1].tolerance ~= nil end,
        says("beyond", function(risk, isms)
          local tolerance = isms.risk_criteria[1].tolerance
          return residual(risk) <= tolerance, { value = residual(risk), limit = tolerance }
        end)),
    },
    empty = "not_applicable",
    missing = {
      accepted_by = "nobody has accepted what remains of risk {id} ({title})",
      accepted_at = "the acceptance of risk {id} ({title}) has no date",
      acceptance_expires_at = "the acceptance of risk {id} ({title}), above the appetite, never ends",
    },
    messages = {
      other = "risk {id} ({title}) was accepted by {accepted_by}, but is owned by {owner}",
      before = "risk {id} ({title}) was accepted on {accepted_at}, before the assessment of {assessed_at}",
      expired = "the acceptance of risk {id} ({title}) ran out {days} ago",
      long = "the acceptance of risk {id} ({title}) lasts longer than {limit}",
      beyond = "risk {id} ({title}) is accepted at {value}, above the tolerance of {limit}",
    },
    message = "the acceptance of risk {id} ({title}) does not hold",
    remedy = "Lay the risk with its present score before its owner; above the tolerance treat it.",
  },
}
