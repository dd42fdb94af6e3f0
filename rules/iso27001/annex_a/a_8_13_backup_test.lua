-- The CRM is critical and saved every 4 hours by job j1; the wiki is rated 4 and saved daily by j2.
return test "A.8.13" {
  as_of = "2026-06-30T12:00:00Z",
  collected_at = { backup_runs = "2026-06-30T06:00:00Z" },
  baseline = {
    people = {
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
      { id = "ben", name = "Ben", kind = "employee", start_date = "2020-01-01" },
    },
    assets = {
      { id = "crm", name = "CRM", type = "service", status = "in_use", critical = true },
      { id = "wiki", name = "Wiki", type = "software", status = "in_use", availability = 4 },
      { id = "mail", name = "Mail", type = "service", status = "in_use", integrity = 4 },
      { id = "nb", name = "Notebook", type = "hardware", status = "in_use", integrity = 5, assigned_to = "ben" },
      { id = "menu", name = "Menu", type = "software", status = "in_use", integrity = 3, availability = 3 },
    },
    impact_analyses = {
      { id = "bia1", activity = "Sales", rpo = "8 h", rto = "12 h", asset_ids = { "crm" }, assessed_at = "2026-01-10" },
      { id = "bia2", activity = "Support", rpo = "4 h", rto = "24 h", asset_ids = { "crm" },
        assessed_at = "2026-01-10" },
    },
    cloud_services = {
      { id = "cs", name = "Mail service", supplier_id = "host", model = "saas", asset_ids = { "mail" },
        backup_by = "provider", status = "active" },
    },
    crypto_keys = {
      { id = "key", name = "Backup key", purpose = "backup", algorithm = "AES", recoverable = true, state = "active",
        asset_ids = { "menu" } },
    },
    backup_jobs = {
      { id = "j1", asset_ids = { "crm" }, interval = "4 h", retention = "30 d", offsite = true, immutable = true,
        separate_credentials = true, encrypted = true, key_id = "key", owner = "ann", enabled = true },
      { id = "j2", asset_ids = { "wiki", "menu" }, interval = "24 h", retention = "60 d", enabled = true },
    },
    backup_runs = {
      { id = "r1", job_id = "j1", kind = "full", status = "success", bytes = 1000,
        started_at = "2026-06-29T22:00:00Z", ended_at = "2026-06-29T22:30:00Z" },
      { id = "r2", job_id = "j1", kind = "incremental", status = "success",
        started_at = "2026-06-29T18:00:00Z", ended_at = "2026-06-29T18:30:00Z" },
      { id = "r3", job_id = "j2", kind = "full", status = "warning", bytes = 500,
        started_at = "2026-06-28T02:00:00Z", ended_at = "2026-06-28T03:00:00Z" },
      { id = "r4", job_id = "j2", kind = "full", status = "failed", started_at = "2026-06-26T02:00:00Z",
        ended_at = "2026-06-26T02:10:00Z", error = "disk full" },
    },
    recovery_tests = {
      { id = "t1", kind = "restore", occasion = "test", asset_ids = { "crm" }, backup_job_id = "j1",
        started_at = "2026-04-01T08:00:00Z", usable_at = "2026-04-01T20:00:00Z",
        restore_point_at = "2026-04-01T04:00:00Z", contents_checked = true, performed_by = "ann", verified_by = "ben",
        result = "passed", evidence = "log-17" },
    },
    response_plans = {
      { id = "dr", title = "Recovery plan", kind = "disaster_recovery", asset_ids = { "wiki" }, status = "active" },
    },
    exercises = {
      { id = "ex", title = "Restore day", kind = "restore", plan_ids = { "dr" }, performed_at = "2025-07-01",
        data_verified = true, status = "done" },
    },
  },

  -- vital_assets_backed_up

  case "a vital asset that no job names" {
    with = { backup_jobs = { { id = "j2", asset_ids = { "menu" } } } },
    expect = {
      vital_assets_backed_up = {
        "wiki",
        message = "software Wiki is vital, but no backup in force covers it as often as needed: "
          .. "no enabled job names it",
      },
    },
  },
  case "a job that is switched off" {
    with = { backup_jobs = { { id = "j2", enabled = false } } },
    expect = { vital_assets_backed_up = { "wiki" } },
  },
  case "a job that runs too seldom" {
    with = { backup_jobs = { { id = "j1", interval = "5 h" } } },
    expect = {
      vital_assets_backed_up = {
        "crm",
        message = "service CRM is vital, but no backup in force covers it as often as needed: "
          .. "j1 does not run every 4 hours",
      },
    },
  },
  case "without impact analyses the job's own target counts" {
    without = { "impact_analyses" },
    with = { backup_jobs = { { id = "j1", interval = "5 h", recovery_point = "5 h" } } },
    expect = { vital_assets_backed_up = "pass" },
  },
  case "the job misses its own target" {
    without = { "impact_analyses" },
    with = { backup_jobs = { { id = "j1", interval = "6 h", recovery_point = "5 h" } } },
    expect = { vital_assets_backed_up = { "crm" } },
  },
  case "less often than the default" {
    with = { backup_jobs = { { id = "j2", interval = "25 h" } } },
    expect = { vital_assets_backed_up = { "wiki" } },
  },
  case "more may be lost by default" {
    with = { backup_jobs = { { id = "j2", interval = "25 h" } } },
    params = { default_rpo = "25 h" },
    expect = { vital_assets_backed_up = "pass" },
  },
  case "copies are not kept long enough" {
    with = { backup_jobs = { { id = "j1", retention = "29 d" } } },
    expect = {
      vital_assets_backed_up = {
        "crm",
        message = "service CRM is vital, but no backup in force covers it as often as needed: "
          .. "j1 does not keep copies for 30 days",
      },
    },
  },
  case "copies may be kept for a shorter time" {
    with = { backup_jobs = { { id = "j1", retention = "29 d" } } },
    params = { min_retention = "29 d" },
    expect = { vital_assets_backed_up = "pass" },
  },
  case "the provider saves nothing" {
    with = { cloud_services = { { id = "cs", backup_by = "us" } } },
    expect = { vital_assets_backed_up = { "mail" } },
  },
  case "no list of cloud services" {
    without = { "cloud_services" },
    expect = { vital_assets_backed_up = { "mail" } },
  },
  case "more assets are vital" {
    params = { vital_rating = 3 },
    expect = { vital_assets_backed_up = { passes = true, population = 4 } },
  },
  case "fewer assets are vital" {
    params = { vital_rating = 5 },
    expect = { vital_assets_backed_up = { passes = true, population = 1 } },
  },
  case "no inventory" {
    without = { "assets" },
    expect = {
      vital_assets_backed_up = "unknown", copies_out_of_reach = "unknown", restores_tested = "unknown",
    },
  },
  case "nothing is vital" {
    with = { assets = { { id = "crm", critical = false }, { id = "wiki", status = "planned", availability = absent },
      { id = "mail", status = "disposed", integrity = absent } } },
    expect = { vital_assets_backed_up = "unknown", copies_out_of_reach = "n_a", restores_tested = "unknown" },
  },
  case "no list of jobs" {
    without = { "backup_jobs" },
    expect = {
      vital_assets_backed_up = "unknown", copies_out_of_reach = "unknown", backups_recent = "unknown",
      failures_made_good = "unknown", restores_tested = "unknown",
    },
  },

  -- copies_out_of_reach

  case "nobody knows of copies elsewhere" {
    with = { backup_jobs = { { id = "j1", offsite = absent } } },
    expect = { copies_out_of_reach = { "j1", message = "it is not known whether job j1 keeps a copy elsewhere" } },
  },
  case "no copies elsewhere" {
    with = { backup_jobs = { { id = "j1", offsite = false } } },
    expect = {
      copies_out_of_reach = {
        "j1", message = "the copies of job j1 would not survive an attack or a fire: no copy is kept elsewhere",
      },
    },
  },
  case "nobody knows whether copies can be altered" {
    with = { backup_jobs = { { id = "j1", immutable = absent } } },
    expect = {
      copies_out_of_reach = {
        "j1", message = "it is not known whether a copy of job j1 is safe from being altered or deleted",
      },
    },
  },
  case "nobody knows who can delete the copies" {
    with = { backup_jobs = { { id = "j1", separate_credentials = absent } } },
    expect = { copies_out_of_reach = { "j1", message = "it is not known who can delete the copies of job j1" } },
  },
  case "nobody knows whether copies are encrypted" {
    with = { backup_jobs = { { id = "j1", encrypted = absent } } },
    expect = {
      copies_out_of_reach = { "j1", message = "it is not known whether the copies of job j1 are encrypted" },
    },
  },
  case "nobody answers for the job" {
    with = { backup_jobs = { { id = "j1", owner = absent } } },
    expect = { copies_out_of_reach = { "j1", message = "nobody answers for backup job j1" } },
  },
  case "who answered for the job left" {
    with = { people = { { id = "ann", end_date = "2026-06-01" } } },
    expect = {
      copies_out_of_reach = {
        "j1",
        message = "the copies of job j1 would not survive an attack or a fire: Ann, who answers for it, is not here",
      },
    },
  },
  case "a key that is out of use" {
    with = { crypto_keys = { { id = "key", state = "destroyed" } } },
    expect = {
      copies_out_of_reach = {
        "j1", message = "the copies of job j1 would not survive an attack or a fire: its key Backup key is not active",
      },
    },
  },
  case "a key without a copy" {
    with = { crypto_keys = { { id = "key", recoverable = absent } } },
    expect = {
      copies_out_of_reach = {
        "j1", message = "the copies of job j1 would not survive an attack or a fire: its key Backup key could be lost",
      },
    },
  },
  case "a key that lies on what it saves" {
    with = { crypto_keys = { { id = "key", asset_ids = { "crm" } } } },
    expect = {
      copies_out_of_reach = {
        "j1",
        message = "the copies of job j1 would not survive an attack or a fire: "
          .. "its key Backup key lies on CRM, which the job saves",
      },
    },
  },
  case "no inventory of keys" {
    without = { "crypto_keys" },
    expect = { copies_out_of_reach = "pass" },
  },
  case "no register of people" {
    without = { "people" },
    expect = { copies_out_of_reach = "unknown", restores_meet_targets = "pass" },
  },

  -- backups_recent: what is needed by now is 4 h, or twice the interval of 24 h, and 4 h of slack

  case "a run as recent as needed" {
    expect = { backups_recent = "pass" },
  },
  case "a run that is a second too old" {
    with = { backup_runs = { { id = "r1", started_at = "2026-06-29T21:59:59Z" } } },
    expect = {
      backups_recent = {
        "j1", message = "job j1 has no good run as recent as 4 hours; more data could be lost than agreed",
      },
    },
  },
  case "runs may start later" {
    with = { backup_runs = { { id = "r1", started_at = "2026-06-29T21:59:59Z" } } },
    params = { run_slack = "5 h" },
    expect = { backups_recent = "pass" },
  },
  case "a default that is longer than twice the interval" {
    with = { backup_runs = { { id = "r3", started_at = "2026-06-27T01:00:00Z", ended_at = "2026-06-27T02:00:00Z" } } },
    expect = { backups_recent = { "j2" } },
  },
  case "more may be lost than twice the interval" {
    with = { backup_runs = { { id = "r3", started_at = "2026-06-27T01:00:00Z", ended_at = "2026-06-27T02:00:00Z" } } },
    params = { default_rpo = "73 h" },
    expect = { backups_recent = "pass" },
  },
  case "the latest run saved nothing" {
    with = { backup_runs = { { id = "r1", bytes = 0 } } },
    expect = { backups_recent = { "j1" } },
  },
  case "copying a backup makes none" {
    with = { backup_runs = { { id = "r1", kind = "copy" } } },
    expect = { backups_recent = { "j1" } },
  },
  case "the list of runs is just recent enough" {
    collected_at = { backup_runs = "2026-06-23T12:00:00Z" },
    expect = { backups_recent = "pass" },
  },
  case "the list of runs is too old" {
    collected_at = { backup_runs = "2026-06-23T11:59:59Z" },
    expect = { backups_recent = "unknown" },
  },
  case "older lists may do" {
    collected_at = { backup_runs = "2026-06-23T11:59:59Z" },
    params = { run_age = "8 d" },
    expect = { backups_recent = "pass" },
  },
  case "no job is switched on" {
    with = { backup_jobs = { { id = "j1", enabled = false }, { id = "j2", enabled = false } } },
    expect = { backups_recent = "unknown", copies_out_of_reach = "n_a", restores_tested = "unknown" },
  },
  case "no list of runs" {
    without = { "backup_runs" },
    expect = { backups_recent = "unknown", failures_made_good = "unknown", runs_credible = "unknown" },
  },

  -- failures_made_good

  case "a failed run was made good on the last moment" {
    with = { backup_runs = { { id = "r4", started_at = "2026-06-26T02:00:00Z" } } },
    expect = { failures_made_good = { passes = true, population = 1 } },
  },
  case "a failed run was made good too late" {
    with = { backup_runs = { { id = "r4", started_at = "2026-06-26T01:59:59Z" } } },
    expect = {
      failures_made_good = {
        "r4",
        message = "run r4 of job j2 (failed at 2026-06-26T01:59:59Z) was not made good within 48 hours: disk full",
      },
    },
  },
  case "more time for good runs" {
    with = { backup_runs = { { id = "r4", started_at = "2026-06-26T01:59:59Z" } } },
    params = { retry_within = "49 h" },
    expect = { failures_made_good = "pass" },
  },
  case "a run that never ended" {
    with = { backup_runs = {
      { id = "r4", status = "running", ended_at = absent, started_at = "2026-06-20T01:00:00Z" },
    } },
    expect = { failures_made_good = { "r4" } },
  },
  case "a good run may still come" {
    with = { backup_runs = { { id = "r4", started_at = "2026-06-28T06:00:00Z" } } },
    expect = { failures_made_good = "n_a" },
  },
  case "only failures of the period are judged" {
    with = { backup_runs = { { id = "r4", started_at = "2026-03-31T01:00:00Z" } } },
    expect = { failures_made_good = "n_a" },
  },
  case "a longer period" {
    with = { backup_runs = { { id = "r4", started_at = "2026-03-31T01:00:00Z" } } },
    params = { lookback = "92 d" },
    expect = { failures_made_good = { "r4" } },
  },
  case "no runs at all" {
    only = { backup_runs = {} },
    expect = { failures_made_good = "unknown", runs_credible = "unknown", backups_recent = { "j1", "j2" } },
  },

  case "no good run in the period" {
    only = { backup_runs = { { id = "r1", job_id = "j1", kind = "full", status = "success", bytes = 1000,
      started_at = "2026-03-01T22:00:00Z", ended_at = "2026-03-01T22:30:00Z" } } },
    expect = { failures_made_good = "unknown" },
  },

  -- runs_credible

  case "a success that never ended" {
    with = { backup_runs = { { id = "r2", ended_at = absent } } },
    expect = { runs_credible = { "r2", message = "run r2 of job j1 is called a success but never ended" } },
  },
  case "a success in no time" {
    with = { backup_runs = { { id = "r2", ended_at = "2026-06-29T18:00:00Z" } } },
    expect = {
      runs_credible = {
        "r2",
        message = "the success of run r2 of job j1 is not credible: "
          .. "it ended at 2026-06-29T18:00:00Z, not after it started",
      },
    },
  },
  case "a full run of unknown size" {
    with = { backup_runs = { { id = "r1", bytes = absent } } },
    expect = { runs_credible = { "r1", message = "full run r1 of job j1 does not tell how much it saved" } },
  },
  case "an empty run" {
    with = { backup_runs = { { id = "r2", bytes = 0 } } },
    expect = {
      runs_credible = { "r2", message = "the success of run r2 of job j1 is not credible: it saved nothing" },
    },
  },
  case "a run that ends in the future" {
    with = { backup_runs = { { id = "r1", ended_at = "2026-06-30T13:00:00Z" } } },
    expect = {
      runs_credible = {
        "r1", message = "the success of run r1 of job j1 is not credible: ended_at is in the future",
      },
    },
  },
  case "a run whose check found faults" {
    with = { backup_runs = { { id = "r1", verified = false } } },
    expect = {
      runs_credible = { "r1", message = "the success of run r1 of job j1 is not credible: its check found faults" },
    },
  },
  case "full runs of the very same size" {
    add = { backup_runs = { { id = "r5", job_id = "j1", kind = "full", status = "success", bytes = 1000,
      started_at = "2026-06-22T22:00:00Z", ended_at = "2026-06-22T22:30:00Z" } } },
    params = { same_min = 2 },
    expect = {
      runs_credible = {
        "r1", "r5",
        message = "the success of run r1 of job j1 is not credible: bytes 1000 stands in 2 of 2 records",
      },
    },
  },
  case "full runs of different size" {
    add = { backup_runs = { { id = "r5", job_id = "j1", kind = "full", status = "success", bytes = 1001,
      started_at = "2026-06-22T22:00:00Z", ended_at = "2026-06-22T22:30:00Z" } } },
    params = { same_min = 2, same_share = 50 },
    expect = { runs_credible = "pass" },
  },
  case "full runs of a size that is too frequent" {
    add = { backup_runs = { { id = "r5", job_id = "j1", kind = "full", status = "success", bytes = 1001,
      started_at = "2026-06-22T22:00:00Z", ended_at = "2026-06-22T22:30:00Z" } } },
    params = { same_min = 2, same_share = 49 },
    expect = { runs_credible = { "r1", "r5" } },
  },
  case "too few full runs to be judged" {
    add = { backup_runs = { { id = "r5", job_id = "j1", kind = "full", status = "success", bytes = 1000,
      started_at = "2026-06-22T22:00:00Z", ended_at = "2026-06-22T22:30:00Z" } } },
    params = { same_min = 3 },
    expect = { runs_credible = "pass" },
  },

  -- restores_tested

  case "never restored" {
    with = { recovery_tests = { { id = "t1", asset_ids = { "menu" } } } },
    expect = {
      restores_tested = { "crm", message = "CRM was not restored with its contents checked within 105 days" },
    },
  },
  case "critical assets restored on the last day" {
    with = { recovery_tests = { { id = "t1", started_at = "2026-03-17T12:00:00Z" } } },
    expect = { restores_tested = "pass" },
  },
  case "critical assets restored too long ago" {
    with = { recovery_tests = { { id = "t1", started_at = "2026-03-17T11:59:59Z" } } },
    expect = { restores_tested = { "crm" } },
  },
  case "a longer interval for critical assets" {
    with = { recovery_tests = { { id = "t1", started_at = "2026-03-17T11:59:59Z" } } },
    params = { restore_interval_critical = "106 d" },
    expect = { restores_tested = "pass" },
  },
  case "other assets restored on the last day" {
    with = { exercises = { { id = "ex", performed_at = "2025-06-30" } } },
    expect = { restores_tested = "pass" },
  },
  case "other assets restored a day too long ago" {
    with = { exercises = { { id = "ex", performed_at = "2025-06-29" } } },
    expect = {
      restores_tested = { "wiki", message = "Wiki was not restored with its contents checked within 365 days" },
    },
  },
  case "a longer interval for other assets" {
    with = { exercises = { { id = "ex", performed_at = "2025-06-29" } } },
    params = { restore_interval = "366 d" },
    expect = { restores_tested = "pass" },
  },
  case "restored without looking at the contents" {
    with = { recovery_tests = { { id = "t1", contents_checked = absent } },
      exercises = { { id = "ex", data_verified = false } } },
    expect = { restores_tested = { "crm", "wiki" } },
  },
  case "a restore that failed" {
    with = { recovery_tests = { { id = "t1", result = "failed" } } },
    expect = { restores_tested = { "crm" } },
  },
  case "no list of exercises" {
    without = { "exercises" },
    expect = { restores_tested = { "wiki" } },
  },
  case "no list of restores" {
    without = { "recovery_tests" },
    expect = { restores_tested = "unknown", restores_meet_targets = "unknown" },
  },

  -- restores_meet_targets

  case "a failed restore" {
    with = { recovery_tests = { { id = "t1", result = "failed" } } },
    expect = {
      restores_meet_targets = {
        "t1", message = "restore t1 of 2026-04-01T08:00:00Z missed its target: it ended with failed",
      },
    },
  },
  case "usable at no time" {
    with = { recovery_tests = { { id = "t1", usable_at = absent } } },
    expect = {
      restores_meet_targets = { "t1", message = "restore t1 does not tell when the data was usable again" },
    },
  },
  case "usable before it began" {
    with = { recovery_tests = { { id = "t1", usable_at = "2026-04-01T07:00:00Z" } } },
    expect = { restores_meet_targets = { "t1" } },
  },
  case "usable too late" {
    with = { recovery_tests = { { id = "t1", usable_at = "2026-04-01T21:00:00Z" } } },
    expect = {
      restores_meet_targets = {
        "t1",
        message = "restore t1 of 2026-04-01T08:00:00Z missed its target: "
          .. "the data were usable after 13 hours, agreed are 12 hours",
      },
    },
  },
  case "the job says how long it may take" {
    without = { "impact_analyses" },
    with = { backup_jobs = { { id = "j1", recovery_time = "11 h" } } },
    expect = { restores_meet_targets = { "t1" } },
  },
  case "nobody says how long it may take" {
    without = { "impact_analyses" },
    params = { default_rto = "12 h" },
    expect = { restores_meet_targets = "pass" },
  },
  case "by default it takes too long" {
    without = { "impact_analyses" },
    params = { default_rto = "11 h" },
    expect = { restores_meet_targets = { "t1" } },
  },
  case "no more lost than agreed" {
    with = { recovery_tests = { { id = "t1", occasion = "real" } } },
    expect = { restores_meet_targets = "pass" },
  },
  case "more lost than agreed" {
    with = { recovery_tests = { { id = "t1", occasion = "real", restore_point_at = "2026-04-01T03:00:00Z" } } },
    expect = {
      restores_meet_targets = {
        "t1",
        message = "restore t1 of 2026-04-01T08:00:00Z missed its target: "
          .. "data of 5 hours were lost, agreed are 4 hours",
      },
    },
  },
  case "by default more may be lost" {
    without = { "impact_analyses" },
    with = { recovery_tests = { { id = "t1", occasion = "real", restore_point_at = "2026-03-31T08:00:00Z" } } },
    expect = { restores_meet_targets = "pass" },
  },
  case "by default less may be lost" {
    without = { "impact_analyses" },
    with = { recovery_tests = { { id = "t1", occasion = "real", restore_point_at = "2026-03-31T08:00:00Z" } } },
    params = { default_rpo = "23 h" },
    expect = { restores_meet_targets = { "t1" } },
  },
  case "nobody knows the restore point" {
    with = { recovery_tests = { { id = "t1", restore_point_at = absent } } },
    expect = {
      restores_meet_targets = { "t1", message = "restore t1 does not tell which restore point was used" },
    },
  },
  case "a restore point after the start" {
    with = { recovery_tests = { { id = "t1", restore_point_at = "2026-04-01T09:00:00Z" } } },
    expect = {
      restores_meet_targets = {
        "t1",
        message = "restore t1 of 2026-04-01T08:00:00Z missed its target: "
          .. "its restore point 2026-04-01T09:00:00Z lies after its start",
      },
    },
  },
  case "nobody confirmed the restore" {
    with = { recovery_tests = { { id = "t1", verified_by = absent } } },
    expect = { restores_meet_targets = { "t1", message = "nobody but Ann confirmed restore t1" } },
  },
  case "confirmed by who did it" {
    with = { recovery_tests = { { id = "t1", verified_by = "ann" } } },
    expect = {
      restores_meet_targets = {
        "t1", message = "restore t1 of 2026-04-01T08:00:00Z missed its target: Ann did and confirmed it",
      },
    },
  },
  case "nothing shows the restore" {
    with = { recovery_tests = { { id = "t1", evidence = absent } } },
    expect = { restores_meet_targets = { "t1", message = "no log or report shows restore t1" } },
  },
  case "issues that nobody followed up" {
    with = { recovery_tests = { { id = "t1", result = "passed_with_issues" } } },
    expect = {
      restores_meet_targets = { "t1", message = "restore t1 ended with passed_with_issues, and nothing followed" },
    },
  },
  case "issues that were followed up" {
    with = { recovery_tests = { { id = "t1", result = "passed_with_issues", action_ids = { "imp-7" } } } },
    expect = { restores_meet_targets = "pass" },
  },
  case "no restores lately" {
    with = { recovery_tests = { { id = "t1", started_at = "2025-06-30T11:00:00Z" } } },
    expect = { restores_meet_targets = "unknown" },
  },

  -- cases that tell the rule from slightly changed ones (assay test --mutate)

  case "what holds where nobody says otherwise" {
    expect = { params = { lookback = "90 d", default_rto = "72 h", same_share = 20, same_min = 20 } },
  },
  case "which things are to be backed up" {
    with = { assets = {
      { id = "info", name = "Plans", type = "information", status = "in_use", critical = true },
      { id = "box", name = "Box", type = "hardware", status = "in_use", critical = true },
      { id = "cloud", name = "Cloud", type = "cloud_resource", status = "in_use", critical = true },
      { id = "hq", name = "Headquarters", type = "facility", status = "in_use", critical = true },
      { id = "gone", name = "Gone", type = "software", status = "disposed", critical = true },
    } },
    expect = { vital_assets_backed_up = { "info", "box", "cloud", population = 6 } },
  },
  case "a cloud service that has ended" {
    with = { cloud_services = { { id = "cs", status = "ended" } } },
    expect = { vital_assets_backed_up = { "mail" } },
  },
  case "provider and customer both save" {
    with = { cloud_services = { { id = "cs", backup_by = "both" } } },
    expect = { vital_assets_backed_up = "pass" },
  },
  case "copies encrypted by a key that nobody names" {
    with = { backup_jobs = { { id = "j1", key_id = absent } } },
    expect = { copies_out_of_reach = "pass" },
  },
  case "the job allows less to be lost than its interval" {
    with = { backup_jobs = { { id = "j2", recovery_point = "47 h" } } },
    expect = { backups_recent = { "j2" } },
  },
  case "two intervals and the slack have gone by" {
    with = { backup_runs = { { id = "r3", started_at = "2026-06-28T01:59:59Z" } } },
    expect = { backups_recent = { "j2" } },
  },
  case "an older run that ended last" {
    with = { backup_runs = { { id = "r2", ended_at = "2026-06-29T23:00:00Z" } } },
    expect = { backups_recent = "pass" },
  },
  case "a run that was cancelled" {
    with = { backup_runs = { { id = "r5", job_id = "j1", kind = "full", status = "cancelled", started_at = "2026-06-20T02:00:00Z" } } },
    expect = { failures_made_good = { "r5" } },
  },
  case "a failure of a job that is switched off" {
    with = { backup_jobs = { { id = "j2", enabled = false } } },
    without = { backup_runs = { "r3" } },
    expect = { failures_made_good = "n_a" },
  },
  case "called running, but has ended" {
    with = { backup_runs = { { id = "r4", status = "running" } } },
    without = { backup_runs = { "r3" } },
    expect = { failures_made_good = "n_a" },
  },
  case "a good run of another job makes nothing good" {
    with = { backup_runs = { { id = "r6", job_id = "j1", kind = "full", status = "success", bytes = 1,
      started_at = "2026-06-26T10:00:00Z", ended_at = "2026-06-26T11:00:00Z" } } },
    without = { backup_runs = { "r3" } },
    expect = { failures_made_good = { "r4" } },
  },
  case "a success makes it good" {
    with = { backup_runs = { { id = "r3", status = "success" } } },
    expect = { failures_made_good = "pass" },
  },
  case "an empty run makes nothing good" {
    with = { backup_runs = { { id = "r3", bytes = 0 } } },
    expect = { failures_made_good = { "r4" } },
  },
  case "a good run that began before makes nothing good" {
    with = { backup_runs = { { id = "r3", started_at = "2026-06-26T01:00:00Z", ended_at = "2026-06-26T03:00:00Z" } } },
    expect = { failures_made_good = { "r4" } },
  },
  case "nor does one that began in the same moment" {
    with = { backup_runs = { { id = "r3", started_at = "2026-06-26T02:00:00Z", ended_at = "2026-06-26T03:00:00Z" } } },
    expect = { failures_made_good = { "r4" } },
  },
  case "a good run that began while the other still failed" {
    with = { backup_runs = { { id = "r3", started_at = "2026-06-26T02:05:00Z", ended_at = "2026-06-26T03:00:00Z" } } },
    expect = { failures_made_good = "pass" },
  },
  case "only an empty run" {
    with = { backup_runs = { { id = "r3", bytes = 0 } } },
    without = { backup_runs = { "r1", "r2", "r4" } },
    expect = { failures_made_good = "unknown" },
  },
  case "a good run that began before the period" {
    with = { backup_runs = { { id = "r3", started_at = "2026-03-30T02:00:00Z", ended_at = "2026-04-03T03:00:00Z" } } },
    without = { backup_runs = { "r1", "r2", "r4" } },
    expect = { failures_made_good = "unknown" },
  },
  case "a success of long ago, and one of a single byte" {
    with = { backup_runs = {
      { id = "r0", job_id = "j1", kind = "full", status = "success", started_at = "2025-01-01T02:00:00Z" },
      { id = "r1", bytes = 1 },
    } },
    expect = { runs_credible = { passes = true, population = 2 } },
  },
  case "switching over is no restore" {
    with = { recovery_tests = { { id = "t1", kind = "failover" } } },
    expect = { restores_tested = { "crm" } },
  },
  case "restored with issues" {
    with = { recovery_tests = { { id = "t1", result = "passed_with_issues" } } },
    expect = { restores_tested = "pass" },
  },
  case "the plan is about something else" {
    with = { response_plans = { { id = "dr", asset_ids = { "menu" } } } },
    expect = { restores_tested = { "wiki" } },
  },
  case "the exercise is one of another plan" {
    with = { response_plans = { { id = "dr2", title = "Other plan", kind = "disaster_recovery", status = "active" } },
      exercises = { { id = "ex", plan_ids = { "dr2" } } } },
    expect = { restores_tested = { "wiki" } },
  },
  case "talking it through is no restore" {
    with = { exercises = { { id = "ex", kind = "tabletop" } } },
    expect = { restores_tested = { "wiki" } },
  },
  case "a full exercise is one" {
    with = { exercises = { { id = "ex", kind = "full" } } },
    expect = { restores_tested = "pass" },
  },
  case "an exercise that is only planned" {
    with = { exercises = { { id = "ex", status = "planned" } } },
    expect = { restores_tested = { "wiki" } },
  },
  case "a failed switch-over, and a trial from an old restore point" {
    with = { recovery_tests = {
      { id = "t1", restore_point_at = "2026-03-31T08:00:00Z" },
      { id = "t2", kind = "failover", occasion = "test", asset_ids = { "crm" }, started_at = "2026-05-01T08:00:00Z", result = "failed" },
    } },
    expect = { restores_meet_targets = { passes = true, population = 1 } },
  },
  case "the job says how much may be lost" {
    with = {
      backup_jobs = { { id = "j1", recovery_point = "30 h" } },
      recovery_tests = { { id = "t1", occasion = "real", restore_point_at = "2026-03-31T07:00:00Z" } },
    },
    without = { "impact_analyses" },
    expect = { restores_meet_targets = "pass" },
  },
}
