-- A.8.13 Backup: what matters is copied often enough, out of reach of the same mishap, and shown to come back.
local checks = require "checks"

local function vital(asset, params)
  return asset.critical == true or asset.integrity >= params.vital_rating or asset.availability >= params.vital_rating
end

-- The shortest of what the assets ask for; target is checks.rpo or checks.rto.
local function shortest_of(assets, target)
  local spans = {}
  for _, asset in ipairs(assets) do table.insert(spans, target(asset)) end
  return checks.shortest(table.unpack(spans))
end

local function longer(a, b)
  return a > b and a or b
end

local function restore_time(asset, _, params)
  return asset.critical == true and params.restore_interval_critical or params.restore_interval
end

return rule "A.8.13" {
  title = "Information backup",
  intent = "What matters is copied often enough, out of reach of the same mishap, "
    .. "and is shown to come back whole and in time.",
  needs = {
    "backup_jobs", "backup_runs", "recovery_tests", "assets", "people",
    "impact_analyses?", "cloud_services?", "crypto_keys?", "exercises?", "response_plans?",
  },
  params = {
    lookback = { default = "90 d", meaning = "length of the period judged" },
    run_age = { default = "7 d", meaning = "age up to which the list of runs still counts" },
    vital_rating = {
      default = 4, unit = "rating 1 to 5",
      meaning = "integrity or availability rating from which an asset must be backed up",
    },
    default_rpo = {
      default = "24 h",
      meaning = "most data that may be lost where neither impact analysis nor job says",
    },
    default_rto = {
      default = "72 h",
      meaning = "longest time to have data back where neither impact analysis nor job says",
    },
    min_retention = { default = "30 d", meaning = "shortest time for which restore points of vital assets are kept" },
    retry_within = { default = "48 h", meaning = "time after a failed run to have a good one" },
    restore_interval_critical = {
      default = "105 d",
      meaning = "longest time between two restore tests of a critical asset",
    },
    restore_interval = {
      default = "365 d",
      meaning = "longest time between two restore tests of other vital assets",
    },
    same_share = {
      default = 20, unit = "percent",
      meaning = "share of good runs of one job with the very same number of bytes from which the figures look made up",
    },
    same_min = { default = 20, unit = "runs", meaning = "number of full runs from which that share is judged" },
    run_slack = { default = "4 h", meaning = "time by which a run may start late or take longer" },
  },

  check "vital_assets_backed_up" {
    question = "Is everything vital backed up, often enough and kept long enough?",
    tests = "operation", severity = "major", weight = 4,
    over = function(isms, params)
      return isms.assets
        :where{ status = "in_use", type = { "information", "software", "service", "hardware", "cloud_resource" } }
        :where(function(asset) return asset.assigned_to == nil and vital(asset, params) end)
    end,
    expect = any_of(
      function(asset, isms, params)
        local fault = { why = "no enabled job names it" }
        for job in isms.backup_jobs:where{ asset_ids = asset, enabled = true }:each() do
          local needed = checks.rpo(asset) or job.recovery_point or params.default_rpo
          local kept = job.retention >= params.min_retention
          if kept and job.interval <= needed then return true end
          fault = kept and { why = "{value} does not run every {limit}", value = job.id, limit = needed }
            or { why = "{value} does not keep copies for {limit}", value = job.id, limit = params.min_retention }
        end
        return false, fault
      end,
      function(asset, isms)
        return isms.cloud_services:where{ asset_ids = asset }
          :any{ status = "active", backup_by = { "provider", "both" } }
      end),
    empty = "lacks_evidence",
    message = "{type} {name} is vital, but no backup in force covers it as often as needed: {why}",
    remedy = "Add it to a job whose interval fits the data that may be lost, "
      .. "or record why it can be rebuilt without a backup.",
  },

  check "copies_out_of_reach" {
    question = "Do copies survive the loss of the site and of the administrators' accounts?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      return isms.backup_jobs:where{ enabled = true }:where(function(job)
        for _, asset in ipairs(job.assets) do
          if asset.critical then return true end
        end
        return false
      end)
    end,
    expect = {
      says("no copy is kept elsewhere", is_true "offsite"),
      says("every copy can be altered or deleted", is_true "immutable"),
      says("the administrators of the systems can delete the copies", is_true "separate_credentials"),
      says("the copies are not encrypted", is_true "encrypted"),
      says("{owner}, who answers for it, is not here", owned "owner"),
      given(filled "key_id",
        says("its key {key_id} is not active", one_of("key_id.state", "active")),
        says("its key {key_id} could be lost", is_true "key_id.recoverable"),
        says("its key {key_id} lies on {other}, which the job saves", function(job)
          for _, asset in ipairs(job.assets) do
            if checks.has(job.key.assets, asset) then return false, { other = asset } end
          end
          return true
        end)),
    },
    empty = "not_applicable",
    missing = {
      offsite = "it is not known whether job {id} keeps a copy elsewhere",
      immutable = "it is not known whether a copy of job {id} is safe from being altered or deleted",
      separate_credentials = "it is not known who can delete the copies of job {id}",
      encrypted = "it is not known whether the copies of job {id} are encrypted",
      owner = "nobody answers for backup job {id}",
    },
    message = "the copies of job {id} would not survive an attack or a fire: {why}",
    remedy = "Keep one encrypted copy at another place that nobody can alter before its time, "
      .. "with accounts of its own.",
  },

  check "backups_recent" {
    question = "Is there a good backup as recent as needed?",
    tests = "operation", severity = "major", weight = 5,
    fresh = { backup_runs = "run_age" },
    over = function(isms)
      return isms.backup_jobs:where{ enabled = true }
    end,
    expect = function(job, isms, params)
      local runs = isms.backup_runs:where{ job_id = job, status = { "success", "warning" } }
        :where(function(run) return run.kind ~= "copy" and checks.good_run(run) end)
      local limit = shortest_of(job.assets, checks.rpo) or job.recovery_point
        or longer(params.default_rpo, job.interval * 2)
      return checks.newest(runs, "started_at").started_at + limit + params.run_slack >= checks.collected "backup_runs",
        { limit = limit }
    end,
    empty = "lacks_evidence",
    message = "job {id} has no good run as recent as {limit}; more data could be lost than agreed",
    remedy = "Get the job to run now, and let a missed run raise an alarm.",
  },

  check "failures_made_good" {
    question = "Is each failed run followed by a good one soon?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms, params)
      local known_until = checks.collected "backup_runs"
      return isms.backup_runs:where{ status = { "failed", "cancelled", "running" } }:where(function(run)
        return checks.in_period(run.started_at) and run.started_at + params.retry_within < known_until
          and run.job.enabled and (run.status ~= "running" or run.ended_at == nil)
      end)
    end,
    expect = function(run, isms, params)
      local limit = run.started_at + params.retry_within
      return isms.backup_runs:where{ job_id = run.job, status = { "success", "warning" } }:any(function(later)
        return later.started_at > run.started_at and later.started_at <= limit and checks.good_run(later)
      end)
    end,
    empty = function(isms)
      local one_was_good = isms.backup_runs:any(function(run)
        return checks.in_period(run.started_at) and checks.good_run(run)
      end)
      return one_was_good and "not_applicable" or "lacks_evidence"
    end,
    message = "run {id} of job {job_id} ({status} at {started_at}) was not made good within {retry_within}: {error}",
    remedy = "Repeat the run, and mend the cause of failures that come back.",
  },

  check "runs_credible" {
    question = "Are the reported successes real?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms)
      return isms.backup_runs:where{ status = "success" }
        :where(function(run) return checks.in_period(run.started_at) end)
    end,
    expect = {
      says("it ended at {ended_at}, not after it started", function(run)
        return run.ended_at > run.started_at
      end),
      says("it saved nothing", function(run)
        return run.bytes > 0 or run.bytes == nil and run.kind ~= "full"
      end),
      not_future("started_at", "ended_at"),
      says("its check found faults", function(run)
        return run.verified ~= false
      end),
      not_stamped({ kind = "full", same = "job_id" }, "bytes", "same_share", "same_min"),
    },
    empty = "lacks_evidence",
    missing = {
      ended_at = "run {id} of job {job_id} is called a success but never ended",
      bytes = "full run {id} of job {job_id} does not tell how much it saved",
    },
    message = "the success of run {id} of job {job_id} is not credible: {why}",
    remedy = "Look into the job's log and the selection of data; an empty backup is none.",
  },

  check "restores_tested" {
    question = "Was everything vital brought back lately, as a trial or in earnest?",
    tests = "operation", severity = "major", weight = 5,
    over = function(isms, params)
      return isms.assets:where(function(asset)
        return vital(asset, params) and isms.backup_jobs:where{ asset_ids = asset }:any{ enabled = true }
      end)
    end,
    expect = any_of(
      function(asset, isms, params)
        return isms.recovery_tests:where{ asset_ids = asset, kind = "restore", contents_checked = true }
          :where{ result = { "passed", "passed_with_issues" } }
          :any(function(test) return checks.within(test.started_at, restore_time(asset, isms, params)) end)
      end,
      function(asset, isms, params)
        return isms.response_plans:where{ asset_ids = asset }:any(function(plan)
          return isms.exercises
            :where{ plan_ids = plan, kind = { "restore", "full" }, status = "done", data_verified = true }
            :any(function(exercise) return checks.within(exercise.performed_at, restore_time(asset, isms, params)) end)
        end)
      end),
    empty = "lacks_evidence",
    values = function(asset, isms, params)
      return { limit = restore_time(asset, isms, params) }
    end,
    message = "{name} was not restored with its contents checked within {limit}",
    remedy = "Restore it to a separate place, compare the contents, and plan the next trial.",
  },

  check "restores_meet_targets" {
    question = "Did restores come back in time, without losing more than agreed, confirmed by a second person, "
      .. "and were failures followed up?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms, params)
      return isms.recovery_tests:where{ kind = "restore" }
        :where(function(test) return checks.within(test.started_at, params.restore_interval) end)
    end,
    expect = {
      says("it ended with {result}", one_of("result", "passed", "passed_with_issues")),
      says("the data were usable before it began", follows("started_at", "usable_at")),
      says("the data were usable after {value}, agreed are {limit}", function(test, _, params)
        local taken = test.usable_at - test.started_at
        local limit = shortest_of(test.assets, checks.rto) or test.backup_job.recovery_time or params.default_rto
        return taken <= limit, { value = taken, limit = limit }
      end),
      given(one_of("occasion", "real"),
        says("data of {value} were lost, agreed are {limit}", function(test, _, params)
          local lost = test.started_at - test.restore_point_at
          local limit = shortest_of(test.assets, checks.rpo) or test.backup_job.recovery_point or params.default_rpo
          return lost <= limit, { value = lost, limit = limit }
        end)),
      says("its restore point {restore_point_at} lies after its start", follows("restore_point_at", "started_at")),
      says("{performed_by} did and confirmed it", never_self("verified_by", "performed_by")),
      not_blank "evidence",
      given(none_of("result", "passed"), has_items "action_ids"),
    },
    empty = "lacks_evidence",
    missing = {
      usable_at = "restore {id} does not tell when the data was usable again",
      restore_point_at = "restore {id} does not tell which restore point was used",
      verified_by = "nobody but {performed_by} confirmed restore {id}",
      evidence = "no log or report shows restore {id}",
      action_ids = "restore {id} ended with {result}, and nothing followed",
    },
    message = "restore {id} of {started_at} missed its target: {why}",
    remedy = "Mend the cause, repeat the restore, and agree with the owners on targets that can be met.",
  },
}
