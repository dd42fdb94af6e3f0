-- 6.1.2 Risk assessment: risks are judged by criteria that top management has set, so that results are complete, owned and comparable.
local checks = require "checks"

local function open_risks(isms)
  return isms.risks:where{ status = { "open", "treated", "accepted" } }
end

local function levels(isms, field, params)
  return isms.risk_criteria[1][field] or params.default_levels
end

local function on_scale(field, levels_field)
  return function(risk, isms, params)
    return risk[field] >= 1 and risk[field] <= levels(isms, levels_field, params)
  end
end

-- Three estimates in order, none below zero; what is not estimated is passed over.
local function estimates_in_order(low, mode, high)
  return function(risk)
    local before = 0
    for _, field in ipairs{ low, mode, high } do
      local value = risk[field]
      if value ~= nil then
        if value < before then return false end
        before = value
      end
    end
    return true
  end
end

local amounts = { "loss_min", "loss_mode", "loss_max" }
---@type table<string, boolean>
local properties = { confidentiality = true, integrity = true, availability = true }

local function same_items(a, b)
  if #a ~= #b then return false end
  for _, item in ipairs(a or {}) do
    if not checks.holds(b, item) then return false end
  end
  return true
end

-- Pairs of open risks with the same threat on a common asset, each pair once.
local function like_pairs(isms)
  local pairs_found, seen = {}, {}
  for _, group in ipairs(checks.each_different(open_risks(isms), "threat")) do
    local on_asset = {}
    for risk in group.members:each() do
      for _, asset in ipairs(risk.asset_ids or {}) do
        for _, other in ipairs(on_asset[asset] or {}) do
          local pair = other.id .. " " .. risk.id
          if not seen[pair] then
            seen[pair] = true
            pairs_found[#pairs_found + 1] = { record = other, other = risk }
          end
        end
        on_asset[asset] = on_asset[asset] or {}
        table.insert(on_asset[asset], risk)
      end
    end
  end
  return pairs_found
end

-- The largest share of the register that bears one and the same pair of likelihood and impact.
local function most_alike(isms)
  local count, most, open = {}, 0, open_risks(isms)
  for risk in open:each() do
    local score = risk.likelihood .. " " .. risk.impact
    count[score] = (count[score] or 0) + 1
    if count[score] > most then most = count[score] end
  end
  return checks.share(most, #open)
end

return rule "6.1.2" {
  title = "Information security risk assessment",
  intent = "Assess risks by criteria that top management has set, so that results are complete, owned and comparable.",
  needs = { "risk_criteria", "risks", "documents", "people", "roles", "assets" },
  params = {
    policy_review_interval = {
      default = "365 d",
      meaning = "longest time since the criteria and the method were approved or reviewed",
    },
    default_levels = { default = 5, unit = "levels", meaning = "size of a scale where risk_criteria leaves it empty" },
    max_spread = {
      default = 1, unit = "levels",
      meaning = "largest difference in likelihood between risks of the same threat and asset",
    },
    max_same_score = {
      default = 60, unit = "percent of risks",
      meaning = "largest share of risks with one and the same pair of likelihood and impact",
    },
    min_register = {
      default = 10, unit = "risks",
      meaning = "smallest register for which the spread of scores is judged",
    },
  },

  check "criteria_set" {
    question = "Are the criteria for assessing and accepting risks set, approved and consistent?",
    tests = "design", severity = "major", weight = 3,
    over = "risk_criteria",
    expect = {
      filled "method",
      filled "appetite",
      filled "tolerance",
      filled "assessment_interval",
      says("upside_down", function(criteria) return criteria.appetite <= criteria.tolerance end),
      says("everything", function(criteria, isms, params)
        return criteria.tolerance < levels(isms, "likelihood_levels", params) * levels(isms, "impact_levels", params)
      end),
      filled "approved_by",
      function(criteria) return checks.is_top_management(criteria.approved_by, criteria.approved_at) end,
      not_future "approved_at",
      says("stale", within("approved_at", "policy_review_interval")),
    },
    empty = "lacks_evidence",
    missing = {
      tolerance = "the criteria set no upper limit for accepting risks",
      assessment_interval = "the criteria do not say how often risks are assessed",
      approved_by = "nobody has approved the risk criteria",
    },
    messages = {
      upside_down = "appetite {appetite} is above tolerance {tolerance}",
      everything = "with tolerance {tolerance} no risk could ever be refused",
      stale = "the risk criteria were approved {days} ago",
    },
    message = "the risk criteria were approved by {approved_by}, who was not top management",
    remedy = "Have top management set and confirm the criteria once a year.",
  },

  check "method_in_force" {
    question = "Is the risk assessment method a document in force?",
    tests = "design", severity = "minor", weight = 1,
    holds = function(_, _, params)
      return checks.policy_in_force "risk_assessment", { limit = params.policy_review_interval }
    end,
    message = "no risk assessment method is published, approved and reviewed within {limit}",
    remedy = "Write the method down so that another assessor gets the same results.",
  },

  check "scores_on_scale" {
    question = "Does every risk have complete scores within the scales?",
    tests = "operation", severity = "major", weight = 3,
    over = open_risks,
    expect = {
      on_scale("likelihood", "likelihood_levels"),
      on_scale("impact", "impact_levels"),
      filled "properties",
      says("properties", function(risk)
        for _, property in ipairs(risk.properties) do
          if not properties[checks.word(property)] then return false, { value = property } end
        end
        return #risk.properties > 0
      end),
      filled "threat",
      filled "vulnerability",
      says("estimates", estimates_in_order("loss_min", "loss_mode", "loss_max")),
      says("estimates", estimates_in_order("events_per_year_min", "events_per_year_mode", "events_per_year_max")),
      given(function(risk)
        for _, amount in ipairs(amounts) do
          if risk[amount] ~= nil then return true end
        end
        return false
      end, filled "currency"),
    },
    empty = "lacks_evidence",
    missing = {
      properties = "risk {id} ({title}) does not say whether confidentiality, integrity or availability is at stake",
      threat = "risk {id} ({title}) names no threat",
      vulnerability = "risk {id} ({title}) names no vulnerability",
      currency = "risk {id} ({title}) has amounts without a currency",
    },
    messages = {
      estimates = "the estimates of risk {id} ({title}) are not in order: minimum, most likely, maximum",
      properties = "risk {id} ({title}) names {value}, which is none of confidentiality, integrity, availability",
    },
    message = "risk {id} ({title}) has likelihood {likelihood} and impact {impact}, off the scale",
    remedy = "Assess the risk again by the criteria in force.",
  },

  check "risks_owned" {
    question = "Has every risk an owner who is here and can decide?",
    tests = "operation", severity = "major", weight = 3,
    over = open_risks,
    expect = {
      owned "owner",
      says("outsider", one_of("owner.kind", "employee", "board")),
    },
    empty = "lacks_evidence",
    missing = { owner = "risk {id} ({title}) has no owner" },
    messages = {
      outsider = "risk {id} ({title}) is owned by {owner}, who is not of the organisation and cannot accept it",
    },
    message = "risk {id} ({title}) is owned by {owner}, who has left",
    remedy = "Give the risk to the person who answers for the business that it would hit.",
  },

  check "critical_assets_covered" {
    question = "Is every asset that matters in at least one risk?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      return isms.assets:where{ status = "in_use" }:where(function(asset)
        return asset.critical or asset.holds_personal_data or asset.internet_facing
      end)
    end,
    expect = function(asset, isms)
      return isms.risks:where{ asset_ids = asset }:any(function(risk) return risk.status ~= "closed" end)
    end,
    empty = "lacks_evidence",
    message = "asset {id} ({name}) is critical, faces the internet or holds personal data, yet no open risk names it",
    remedy = "Assess the asset, alone or in a group of its kind, and name it in the risk.",
  },

  check "scores_comparable" {
    question = "Are like risks scored alike, and unlike risks apart?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms, params)
      local members = like_pairs(isms)
      if #open_risks(isms) >= params.min_register then members[#members + 1] = { word = "the register as a whole" } end
      return members
    end,
    expect = {
      given(function(member) return member.record ~= nil end,
        function(pair, _, params)
          local n = math.abs(pair.record.likelihood - pair.other.likelihood)
          return n <= params.max_spread, { n = n, ids = { pair.record, pair.other } }
        end,
        says("duplicate", function(pair)
          local a, b = pair.record, pair.other
          return not (checks.same_name(a.vulnerability, b.vulnerability) and same_items(a.asset_ids, b.asset_ids)
            and same_items(a.properties, b.properties)), { ids = { a, b } }
        end)),
      given(function(member) return member.record == nil end,
        says("uniform", function(_, isms, params)
          local share = checks.once(most_alike, isms)
          return share <= params.max_same_score, { share = share, limit = params.max_same_score }
        end)),
    },
    empty = "not_applicable",
    messages = {
      duplicate = "risks {ids} are the same risk entered twice",
      uniform = "{share} of all risks have the same likelihood and impact; nothing was weighed",
    },
    message = "risks {ids} have the same threat on the same asset, but likelihoods {n} levels apart",
    remedy = "Calibrate the scores in one session with all risk owners and merge duplicates.",
  },
}
