-- A.5.9 Inventory of assets: it holds everything that is there, each entry has an owner, differences are cleared.
local checks = require "checks"

-- An asset in use bears the word in one of these fields.
local function in_use_as(word, fields, isms)
  return checks.alike(isms.assets, fields, word):any{ status = "in_use" }
end

return rule "A.5.9" {
  title = "Inventory of information and other associated assets",
  intent = "The inventory holds everything that is there, each entry has an owner, "
    .. "and differences are found and cleared.",
  needs = {
    "assets", "people", "accounts", "reconciliations", "organization",
    "authentication_settings?", "endpoints?", "technical_checks?",
  },
  params = {
    lookback = { default = "365 d", meaning = "length of the period judged" },
    confirm_interval = { default = "365 d", meaning = "longest time since an entry was last confirmed" },
    confirmed_share = {
      default = 95, unit = "percent",
      meaning = "share of entries that must be complete and confirmed",
    },
    inventoried_share = {
      default = 98, unit = "percent",
      meaning = "share of managed endpoints that must be in the inventory",
    },
    resource_share = {
      default = 95, unit = "percent",
      meaning = "share of scanned resources that must be in the inventory",
    },
    seen_window = {
      default = "90 d",
      meaning = "time within which devices and resources must have been seen to count as in use",
    },
    stocktake_interval = {
      default = "365 d",
      meaning = "longest time between two comparisons of the inventory with reality",
    },
    required_subjects = {
      default = { "hardware", "software" }, unit = "words",
      meaning = "parts of the inventory that must be compared with reality",
    },
    resolve_within = { default = "30 d", meaning = "time to clear the differences found" },
    difference_share = {
      default = 5, unit = "percent",
      meaning = "share of unknown and missing items up to which an inventory is reliable",
    },
  },

  check "assets_owned" {
    question = "Does each asset have an owner who still works here?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      return isms.assets:where{ status = { "planned", "in_use", "in_store" } }
    end,
    expect = owned "owner",
    empty = "lacks_evidence",
    missing = { owner = "{type} {name} has no owner" },
    message = "owner {owner} of {name} left on {end_date}",
    remedy = "Name an owner; hand assets over when people leave or move.",
  },

  check "entries_confirmed" {
    question = "Are the entries complete, and confirmed lately?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms)
      return isms.assets:where{ status = "in_use" }
    end,
    expect = {
      reviewed_within("reviewed_at", "acquired_at", "confirm_interval"),
      filled "classification",
      filled "location",
      given(is_true "critical", filled "confidentiality", filled "integrity", filled "availability"),
    },
    at_least = "confirmed_share",
    empty = "lacks_evidence",
    values = function(asset, isms)
      return { days = isms.as_of - checks.latest(asset.reviewed_at, asset.acquired_at) }
    end,
    missing = {
      reviewed_at = "entry {name} was never confirmed",
      classification = "entry {name} has no classification",
      location = "entry {name} does not say where the asset is",
      confidentiality = "critical asset {name} is not rated",
    },
    message = "entry {name} was last confirmed {days} ago or is incomplete: {why}",
    remedy = "Let each owner confirm the own entries once a year.",
  },

  check "systems_inventoried" {
    question = "Is every system on which people have accounts in the inventory?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      return checks.each_different(isms.accounts:where{ status = "active" }, "system")
    end,
    expect = any_of(
      function(system, isms)
        return in_use_as(system.key, { "id", "name" }, isms)
      end,
      function(system, isms)
        return checks.alike(isms.authentication_settings, "system", system.key)
          :any(function(settings) return settings.asset.status == "in_use" end)
      end),
    empty = "lacks_evidence",
    values = function(system)
      return { system = system.key, n = #system.members:unique "person_id" }
    end,
    message = "{n} people have accounts on {system}, which is not in the inventory",
    remedy = "Add the system with owner and classification, or close it down.",
  },

  check "endpoints_inventoried" {
    question = "Is every managed device in the inventory, and in use there too?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms, params)
      return isms.endpoints:where{ status = "active", ownership = "company" }
        :where(function(device) return checks.within(device.last_seen_at, params.seen_window) end)
    end,
    expect = {
      one_of("asset_id.status", "in_use"),
      function(device)
        local holder = device.asset.assigned_to
        return device.person == nil or holder == nil or device.person == holder
      end,
    },
    at_least = "inventoried_share",
    empty = "lacks_evidence",
    missing = { asset_id = "{hostname} was seen on {last_seen_at} and leads to no entry of the inventory" },
    message = "{hostname} was seen on {last_seen_at}, but the inventory does not call it in use ({asset}) "
      .. "or gives it to another person",
    remedy = "Compare the two lists monthly, and enter devices when they are enrolled.",
  },

  check "resources_inventoried" {
    question = "Is what the scanners see in the inventory?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms, params)
      local seen = isms.technical_checks:where(function(result)
        return checks.within(result.observed_at, params.seen_window)
      end)
      return checks.each_different(seen, "resource")
    end,
    expect = function(resource, isms)
      local fields = { "id", "name", "location" }
      if in_use_as(resource.key, fields, isms) then return true end
      for _, account in ipairs(resource.members:unique "account") do
        if in_use_as(account, fields, isms) then return true end
      end
      return false
    end,
    at_least = "resource_share",
    empty = "not_applicable",
    message = "{resource} ({resource_type}) was scanned by {tool} but is not in the inventory",
    remedy = "Feed the inventory from the cloud accounts and scanners, "
      .. "or register the account that the resource belongs to.",
  },

  check "stocktakes_done" {
    question = "Is the inventory compared with reality regularly?",
    tests = "operation", severity = "minor", weight = 3,
    over = function(isms, params)
      return checks.with(params.required_subjects, { "cloud_resources", isms.organization.uses_cloud })
    end,
    expect = function(subject, isms, params)
      local comparisons = checks.alike(isms.reconciliations, "subject", subject)
      local recent, newest = checks.recent(comparisons, "performed_at", params.stocktake_interval)
      return recent and newest.found_items > 0
        and newest.matched_items + (newest.unknown_items or 0) + (newest.wrong_items or 0) == newest.found_items
    end,
    empty = "not_applicable",
    message = "no credible comparison of the {word} inventory with reality within {stocktake_interval}",
    remedy = "Run a discovery scan or stocktake and record what was found, matched, unknown and missing.",
  },

  check "differences_cleared" {
    question = "Are the differences few, and cleared in time?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      return isms.reconciliations
        :where{ subject = { "hardware", "software", "cloud_resources", "services", "information" } }
        :where(function(comparison)
          return checks.in_period(comparison.performed_at)
            and (comparison.unknown_items > 0 or comparison.missing_items > 0 or comparison.wrong_items > 0)
        end)
    end,
    expect = {
      says("its differences were cleared after {days}, allowed are {resolve_within}",
        timely("performed_at", "resolved_at", "resolve_within")),
      in_order("performed_at", "resolved_at"),
      says("it does not tell how many items were unknown", filled "unknown_items"),
      says("it does not tell how many items were missing", filled "missing_items"),
      says("{share} of the items were unknown or missing, at most {limit} % may be", function(comparison, _, params)
        local items = math.max(comparison.register_items or 0, comparison.found_items)
        local share = checks.share(comparison.unknown_items + comparison.missing_items, items)
        return share <= params.difference_share, { share = share, limit = params.difference_share }
      end),
    },
    empty = "not_applicable",
    missing = {
      resolved_at = "differences found on {performed_at} in {subject} ({source}) are still open after {days}",
    },
    message = "comparison {id} of {subject}: {why}",
    remedy = "Clear each difference with its cause - bought past the process, lost, not written off.",
  },
}
