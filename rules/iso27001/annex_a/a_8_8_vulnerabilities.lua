-- A.8.8 Technical vulnerabilities: weaknesses in what runs are found, judged, fixed in time and shown to be gone.
local checks = require "checks"

-- Assets that we run ourselves, of those in use.
local function ours_in_use(isms)
  return isms.assets:where{ status = "in_use", type = { "cloud_resource", "hardware", "software", "service" } }
    :where(function(asset) return asset.type == "cloud_resource" or asset.supplier_id == nil end)
end

-- Time to fix a critical or attacked weakness: the shortest that applies.
local function urgent_limit(weakness, _, params)
  local critical = weakness.severity == "critical"
  local exposed = critical and weakness.asset.internet_facing == true
  return checks.shortest(
    critical and params.fix_critical or nil,
    exposed and params.fix_exposed or nil,
    weakness.known_exploited and params.fix_exploited or nil)
end

local function ordinary_limit(weakness, _, params)
  local limits = { high = params.fix_high, medium = params.fix_medium, low = params.fix_low }
  return limits[weakness.severity]
end

-- Weaknesses that are open past their limit, or were fixed in the period or nobody knows when.
local function due(weaknesses, limit, isms, params)
  return weaknesses:where{ status = { "open", "fixed" } }:where(function(weakness)
    if weakness.status == "open" then
      return weakness.first_seen_at + limit(weakness, isms, params) < isms.as_of
    end
    return weakness.fixed_at == nil or checks.in_period(weakness.fixed_at)
  end)
end

local function time_open(weakness, isms)
  return { days = (weakness.fixed_at or isms.as_of) - weakness.first_seen_at }
end

-- What keeps a scan from showing the state of what it names.
local function scan_fault(scan, isms, params)
  if scan.status ~= "completed" then return "its scan did not complete" end
  if not checks.within(scan.completed_at, params.scan_interval) then return "its last scan is too old" end
  if not (scan.targets_planned > 0 and scan.targets_reached <= scan.targets_planned
      and checks.share(scan.targets_reached, scan.targets_planned) >= params.reach_share) then
    return "the scan did not reach enough of its targets"
  end
  if not (scan.feed_updated_at >= scan.completed_at - params.feed_age and scan.feed_updated_at <= isms.as_of) then
    return "the scanner did not know the latest weaknesses"
  end
  if (scan.kind == "network" or scan.kind == "host") and not scan.authenticated then
    return "the scanner could not sign in"
  end
end

-- The newest completed penetration test that attacked the asset.
local function last_pentest(asset, isms)
  return checks.newest(isms.penetration_tests:where{ asset_ids = asset, status = "completed" }, "completed_at")
end

return rule "A.8.8" {
  title = "Management of technical vulnerabilities",
  intent = "Weaknesses in what is running are found, judged, fixed within set times, and shown to be gone.",
  needs = { "vulnerabilities", "vulnerability_scans", "penetration_tests", "assets", "people", "documents" },
  params = {
    policy_review_interval = { default = "365 d", meaning = "longest time between two reviews of the rules" },
    lookback = { default = "365 d", meaning = "length of the period judged" },
    scan_interval = { default = "45 d", meaning = "longest time between two complete scans of an asset" },
    reach_share = { default = 95, unit = "percent", meaning = "share of its targets that a scan must reach" },
    feed_age = { default = "7 d", meaning = "age up to which a scanner's knowledge counts as current when it scans" },
    scanned_share = { default = 95, unit = "percent", meaning = "share of assets that must be scanned in time" },
    fix_exposed = {
      default = "7 d",
      meaning = "time to fix a critical weakness of an asset that faces the Internet",
    },
    fix_exploited = { default = "14 d", meaning = "time to fix a weakness that is known to be attacked" },
    fix_critical = { default = "15 d", meaning = "time to fix other critical weaknesses" },
    fix_high = { default = "30 d", meaning = "time to fix high ones" },
    fix_medium = { default = "90 d", meaning = "time to fix medium ones" },
    fix_low = { default = "180 d", meaning = "time to fix low ones" },
    fixed_share = {
      default = 90, unit = "percent",
      meaning = "share of high, medium and low weaknesses that must be fixed in time",
    },
    accept_max = { default = "365 d", meaning = "longest time for which a weakness may be accepted" },
    accept_max_exploited = { default = "90 d", meaning = "the same for critical and attacked ones" },
    verify_within = { default = "45 d", meaning = "time to confirm a fix" },
    pentest_interval = {
      default = "420 d",
      meaning = "longest time between two penetration tests of an exposed system",
    },
    retest_within = { default = "90 d", meaning = "time to retest critical and high findings" },
    export_age = { default = "45 d", meaning = "age up to which an export tells the present state" },
  },

  check "vulnerability_rules_in_force" {
    question = "Are rules for handling vulnerabilities in force?",
    tests = "design", severity = "minor", weight = 1,
    holds = policy_in_force "vulnerability",
    message = "no rules for handling vulnerabilities are in force: {why}",
    remedy = "Publish rules with sources, roles, scan plan, time limits by severity, and how exceptions are approved.",
  },

  check "assets_scanned" {
    question = "Is everything that runs scanned in time, and in full?",
    tests = "operation", severity = "major", weight = 4,
    over = function(isms)
      return ours_in_use(isms):where(function(asset)
        return asset.critical or asset.internet_facing or asset.environment == "production"
      end)
    end,
    expect = function(asset, isms, params)
      ---@type string|nil
      local fault = "no scan names it"
      for scan in isms.vulnerability_scans:where{ asset_ids = asset }:each() do
        fault = scan_fault(scan, isms, params)
        if not fault then return true end
      end
      return false, { why = fault }
    end,
    at_least = "scanned_share",
    empty = "lacks_evidence",
    message = "{name} was not fully scanned within {scan_interval}: {why}",
    remedy = "Add it to the scan plan with credentials; scans that reach nothing and find nothing prove nothing.",
  },

  check "critical_fixed_in_time" {
    question = "Are critical and attacked weaknesses fixed within their limits, every one?",
    tests = "operation", severity = "major", weight = 5,
    fresh = { vulnerabilities = "export_age" },
    over = function(isms, params)
      local urgent = isms.vulnerabilities:where(function(weakness)
        return weakness.severity == "critical" or weakness.known_exploited
      end)
      return due(urgent, urgent_limit, isms, params)
    end,
    expect = {
      timely("first_seen_at", "fixed_at", urgent_limit),
      follows("first_seen_at", "fixed_at"),
    },
    empty = "not_applicable",
    values = time_open,
    missing = {
      fixed_at = "{identifier} ({severity}) on {asset} {resource} has been open for {days}, "
        .. "or is called fixed without a date",
    },
    message = "{identifier} ({severity}) on {asset} {resource} was fixed after {days}, or before it was found",
    remedy = "Patch, shield or switch off now; find out what held it up.",
  },

  check "others_fixed_in_time" {
    question = "Are the other weaknesses mostly fixed within their limits?",
    tests = "operation", severity = "minor", weight = 3,
    over = function(isms, params)
      local ordinary = isms.vulnerabilities:where{ severity = { "high", "medium", "low" } }
        :where(function(weakness) return weakness.known_exploited ~= true end)
      return due(ordinary, ordinary_limit, isms, params)
    end,
    expect = {
      timely("first_seen_at", "fixed_at", ordinary_limit),
      follows("first_seen_at", "fixed_at"),
    },
    at_least = "fixed_share",
    empty = "not_applicable",
    values = time_open,
    missing = {
      fixed_at = "{identifier} ({severity}) on {asset} {resource} has been open for {days}, "
        .. "or is called fixed without a date",
    },
    message = "{identifier} ({severity}) on {asset} {resource} was fixed after {days}, or before it was found",
    remedy = "Patch in regular rounds, oldest and most exposed first.",
  },

  check "decisions_valid" {
    question = "Is each weakness left unfixed backed by a reasoned decision that is still valid?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      return isms.vulnerabilities:where{
        status = { "mitigated", "accepted", "false_positive" },
        severity = { "low", "medium", "high", "critical" },
      }
    end,
    expect = {
      filled "reason",
      says("who has to fix it decided that", never_self("decided_by", "owner")),
      says("the decider was not with the organisation then", engaged("decided_by", "decided_at")),
      says("decided on {decided_at}, before it was found", follows("first_seen_at", "decided_at")),
      given(one_of("status", "mitigated", "accepted"),
        says("the decision expired on {decision_expires_at}", function(weakness, isms)
          return weakness.decision_expires_at >= isms.as_of
        end),
        says("decided for longer than {limit}", function(weakness, _, params)
          local grave = weakness.severity == "critical" or weakness.known_exploited
          local limit = grave and params.accept_max_exploited or params.accept_max
          return weakness.decision_expires_at <= weakness.decided_at + limit, { limit = limit }
        end)),
    },
    empty = "not_applicable",
    missing = {
      reason = "{identifier} on {asset} {resource} is {status} without a reason",
      decided_by = "nobody decided that {identifier} on {asset} {resource} is {status}",
      decided_at = "it is not recorded when {identifier} on {asset} {resource} was declared {status}",
      decision_expires_at = "{identifier} on {asset} {resource} is {status} for ever",
    },
    message = "{identifier} on {asset} {resource} is {status}: {why}",
    remedy = "Fix it, or have the risk owner decide anew for a time.",
  },

  check "fixes_hold" {
    question = "Was each fix confirmed by a later scan, and did it hold?",
    tests = "operation", severity = "minor", weight = 3,
    over = function(isms, params)
      return isms.vulnerabilities:where{ status = "fixed", severity = { "medium", "high", "critical" } }
        :where(function(weakness)
          return checks.in_period(weakness.fixed_at) and weakness.fixed_at + params.verify_within < isms.as_of
        end)
    end,
    expect = {
      says("confirmed on {verified_at}, not within {verify_within} after it",
        from_to("verified_at", "fixed_at", "verify_within")),
      says("seen again on {last_seen_at}", function(weakness)
        return weakness.last_seen_at == nil or weakness.last_seen_at <= weakness.fixed_at
      end),
      says("found again as {other}", function(weakness, isms)
        local again = isms.vulnerabilities
          :where{ identifier = weakness.identifier, asset_id = weakness.asset, resource = weakness.resource }
          :first(function(other)
            return other.asset_id == weakness.asset_id and other.resource == weakness.resource
              and other.first_seen_at > weakness.fixed_at and other.first_seen_at <= isms.as_of
          end)
        return again == nil, { other = again }
      end),
      given(function(weakness) return weakness.asset ~= nil and weakness.tool ~= nil end,
        says("no scan or test of the asset by {tool} stands behind the confirmation", function(weakness, isms)
          local function in_between(day)
            return weakness.fixed_at <= day and day <= weakness.verified_at
          end
          return isms.vulnerability_scans:where{ asset_ids = weakness.asset, status = "completed" }:any(function(scan)
            return checks.same_name(scan.tool, weakness.tool) and in_between(scan.completed_at)
          end) or isms.penetration_tests:where{ asset_ids = weakness.asset }:any(function(test)
            return in_between(test.retested_at)
          end)
        end)),
    },
    empty = "not_applicable",
    missing = { verified_at = "nobody confirmed that {identifier} on {asset} {resource} is gone" },
    message = "{identifier} on {asset} {resource}, fixed on {fixed_at}: {why}",
    remedy = "Scan again after each fix, and close findings by the scanner, not by hand.",
  },

  check "exposed_systems_pentested" {
    question = "Were exposed systems tested by independent attackers, and the findings retested?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      return ours_in_use(isms):where{ internet_facing = true }
        :where(function(asset) return asset.critical or asset.holds_personal_data end)
    end,
    expect = {
      says("was not attacked by testers within {pentest_interval}", function(asset, isms, params)
        return checks.within(last_pentest(asset, isms).completed_at, params.pentest_interval)
      end),
      says("was tested by those who answer for it, or nobody knows by whom", function(asset, isms)
        local test = last_pentest(asset, isms)
        return test.supplier_id ~= nil or #test.testers > 0
          and not checks.has(test.testers, asset.owner) and not checks.has(test.testers, asset.custodian)
      end),
      says("its test began on {penetration_tests.started_at}, before it was authorised", function(asset, isms)
        local test = last_pentest(asset, isms)
        return test.authorised_at <= test.started_at, { other = test }
      end),
      says("there is no report on its test", function(asset, isms)
        local test = last_pentest(asset, isms)
        return test.report_at >= test.completed_at and test.report_at <= isms.as_of, { other = test }
      end),
      says("serious findings were retested late, or are still open", function(asset, isms, params)
        local test = last_pentest(asset, isms)
        local limit = test.completed_at + params.retest_within
        if (test.findings_critical or 0) + (test.findings_high or 0) == 0 or limit >= isms.as_of then return true end
        return test.completed_at <= test.retested_at and test.retested_at <= limit and test.retest_open == 0,
          { other = test }
      end),
    },
    empty = "not_applicable",
    missing = {
      retested_at = "serious findings on {name} were not retested",
      authorised_at = "nobody authorised the test of {name}",
    },
    message = "{name} faces the Internet and {why}",
    remedy = "Have it tested by people who did not build it, and retested after the fixes.",
  },
}
