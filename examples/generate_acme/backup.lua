-- Backups: jobs, sessions as the backup product reports them, restores, and what the business needs them for.

local tools = require "generate_acme.tools"

local backup = {}

local day, moment = tools.day, tools.moment
local random = tools.random "backup"
local AS_OF = day "2026-06-30"

-- id, name in the product, assets, hours between runs, retention, size in GB, immutable, owner
local JOBS = {
  { "BKJ-01", "Customer database", { "AST-001" }, 4, "35 d", 240, true, "P-0017" },
  { "BKJ-02", "Shop platform and gateway", { "AST-002", "AST-003" }, 24, "35 d", 60, true, "P-0017" },
  { "BKJ-03", "ERP nightly", { "AST-004" }, 24, "90 d", 120, true, "P-0016" },
  { "BKJ-04", "Source code mirror", { "AST-005" }, 24, "90 d", 45, true, "P-0016" },
  { "BKJ-05", "Personnel records export", { "AST-006" }, 24, "90 d", 8, true, "P-0016" },
  -- the old appliance cannot lock its copies: covered by exception EXC-2026-01 until it is replaced
  { "BKJ-06", "File shares on the old appliance", { "AST-008" }, 24, "60 d", 900, false, "P-0016" },
  { "BKJ-07", "Portal and warehouse", { "AST-012", "AST-013" }, 24, "35 d", 310, true, "P-0017" },
}

local JOB_FIELDS = { "id", "tool", "asset_ids", "interval", "recovery_point", "recovery_time", "retention", "offsite", "immutable",
  "separate_credentials", "encrypted", "owner", "enabled" }

-- Further jobs of a larger company; none of them holds anything vital.
local function more_jobs(scale)
  local jobs = { table.unpack(JOBS) }
  for i = 1, (scale - 1) * 4 do
    jobs[#jobs + 1] = { ("BKJ-%02d"):format(#JOBS + i), ("Team share %d"):format(i), { "AST-018" }, 24, "35 d", 20 + i % 50, true, "P-0016" }
  end
  return jobs
end

local function write_jobs(jobs)
  local records = {}
  for i, job in ipairs(jobs) do
    records[i] = { id = job[1], tool = "Veeam", asset_ids = job[3], interval = job[4] .. " h", recovery_point = job[4] == 4 and "6 h" or "24 h",
      recovery_time = "48 h", retention = job[5], offsite = true, immutable = job[7], separate_credentials = true, encrypted = true, owner = job[8],
      enabled = true }
  end
  tools.yaml("registers/backup_jobs.yaml", "backup_jobs", "Backup jobs as they are set up in the console.", JOB_FIELDS, records)
end

-- One line of the session report: a full copy on Sundays, increments else; now and then one fails and is repeated.
local function session(out, job, n, start, failed, reason)
  local full = (start // 1440 + 3) % 7 == 6 and job[4] == 24
  local bytes = math.floor(job[6] * (full and 1e9 or 2.4e7) * (0.9 + random:int(0, 2000) / 10000)) + random:int(0, 99999)
  local minutes = failed and random:int(2, 9) or random:int(full and 60 or 8, full and 170 or 40)
  local warned = not failed and random:chance(3)
  out:row(job[2], ("%s-%05d"):format(job[1], n), full and "Full" or "Incremental", moment(start // 1440, start % 1440),
    moment((start + minutes) // 1440, (start + minutes) % 1440), failed and "Failed" or warned and "Warning" or "Success", failed and 0 or bytes,
    failed and "No" or "Yes", failed and reason or warned and "Took longer than planned" or nil)
end

local function write_sessions(jobs)
  local out = tools.csv("evidence/backup/sessions.csv", "backup_runs", { "Job name", "Session", "Algorithm", "Start time", "End time", "Result",
    "Transferred bytes", "Verified", "Details" })
  local reasons = { "Snapshot of the source could not be made", "Repository was not reachable", "Source was locked by another process" }
  for k, job in ipairs(jobs) do
    local n = 0
    for d = day "2026-05-31", AS_OF do
      local first = job[4] == 4 and 40 or 60 + k % 5 * 20
      for minute = first, d == AS_OF and 300 or 1439, job[4] * 60 do
        n = n + 1
        local failed = job[4] == 24 and d < AS_OF - 2 and random:chance(4)
        session(out, job, n, d * 1440 + minute, failed, random:one_of(reasons))
        if failed then
          n = n + 1
          session(out, job, n, d * 1440 + minute + 60, false)
        end
      end
    end
  end
  out:close()
end

-- id, assets, job, started, minutes until usable, hours back to the restore point, by, confirmed by, result, issue, actions
local RESTORES = {
  { "RST-2025-06", { "AST-001" }, "BKJ-01", "2025-08-14", 95, 3, "P-0017", "P-0024", "passed" },
  { "RST-2025-07", { "AST-004" }, "BKJ-03", "2025-08-20", 210, 9, "P-0016", "P-0022", "passed" },
  { "RST-2025-08", { "AST-002", "AST-003" }, "BKJ-02", "2025-09-24", 150, 10, "P-0017", "P-0009", "passed" },
  { "RST-2025-09", { "AST-005" }, "BKJ-04", "2025-10-15", 60, 12, "P-0016", "P-0024", "passed" },
  { "RST-2025-10", { "AST-006" }, "BKJ-05", "2025-11-19", 45, 8, "P-0016", "P-0025", "passed" },
  { "RST-2025-11", { "AST-012", "AST-013" }, "BKJ-07", "2025-12-03", 240, 11, "P-0017", "P-0023", "passed_with_issues",
    "Search index of the portal had to be built anew", { "IMP-004" } },
  { "RST-2026-01", { "AST-008" }, "BKJ-06", "2026-01-21", 400, 14, "P-0016", "P-0005", "passed" },
  { "RST-2026-02", { "AST-001" }, "BKJ-01", "2026-02-12", 88, 2, "P-0017", "P-0024", "passed" },
  -- planted: nothing after it for the ERP, which is critical; allowed are 105 days
  { "RST-2026-03", { "AST-004" }, "BKJ-03", "2026-02-18", 190, 8, "P-0016", "P-0022", "passed" },
  { "RST-2026-04", { "AST-008" }, "BKJ-06", "2026-04-09", 380, 13, "P-0016", "P-0005", "passed" },
  { "RST-2026-05", { "AST-002", "AST-003" }, "BKJ-02", "2026-04-21", 140, 10, "P-0017", "P-0009", "passed" },
  { "RST-2026-06", { "AST-005" }, "BKJ-04", "2026-05-06", 55, 11, "P-0016", "P-0024", "passed" },
  { "RST-2026-07", { "AST-001" }, "BKJ-01", "2026-05-12", 91, 3, "P-0017", "P-0024", "passed" },
}

local function write_restores()
  local records = {}
  for i, r in ipairs(RESTORES) do
    local started = day(r[4])
    records[i] = { id = r[1], kind = "restore", occasion = "test", asset_ids = r[2], backup_job_id = r[3], started_at = moment(started, 540),
      usable_at = moment(started, 540 + r[5]), restore_point_at = moment(started - 1, 1440 + 540 - r[6] * 60), contents_checked = true,
      performed_by = r[7], verified_by = r[8], result = r[9], issues = r[10], action_ids = r[11], evidence = "restores/" .. r[1] .. ".pdf" }
  end
  tools.yaml("registers/recovery_tests.yaml", "recovery_tests", "Restores from backup, all of them trials.", { "id", "kind", "occasion", "asset_ids",
    "backup_job_id", "started_at", "usable_at", "restore_point_at", "contents_checked", "performed_by", "verified_by", "result", "issues",
    "action_ids", "evidence" }, records)
end

local IMPACT = tools.rows({ "id", "activity", "department", "owner", "max_outage", "rto", "rpo", "asset_ids", "supplier_ids", "assessed_at",
  "approved_by", "approved_at" }, {
  { "BIA-01", "Taking and paying orders", "Product", "P-0021", "8 h", "4 h", "6 h", { "AST-001" }, { "SUP-001", "SUP-006" }, "2026-01-22",
    "P-0005", "2026-02-05" },
  { "BIA-02", "Running the shop platform", "Engineering", "P-0009", "12 h", "6 h", "24 h", { "AST-002", "AST-003" }, { "SUP-001" }, "2026-01-22",
    "P-0005", "2026-02-05" },
  { "BIA-03", "Accounting and month-end", "Finance", "P-0022", "72 h", "24 h", "24 h", { "AST-004" }, false, "2026-01-27", "P-0004", "2026-02-05" },
  { "BIA-04", "Developing software", "Engineering", "P-0024", "48 h", "24 h", "24 h", { "AST-005", "AST-014" }, { "SUP-003" }, "2026-01-28",
    "P-0003", "2026-02-05" },
  { "BIA-05", "Supporting customers", "Customer Success", "P-0010", "24 h", "12 h", "24 h", { "AST-012" }, { "SUP-004" }, "2026-01-29", "P-0005",
    "2026-02-05" },
  { "BIA-06", "Working on shared files", "Executive", "P-0005", "72 h", "24 h", "24 h", { "AST-008" }, false, "2026-01-29", "P-0001", "2026-02-05" },
})

local CLOUD = tools.rows({ "id", "name", "supplier_id", "model", "owner", "system", "accounts", "asset_ids", "classification", "classification_approved",
  "personal_data", "regions", "regions_approved", "approved_by", "approved_at", "in_use_since", "keys_held_by", "logs_collected", "backup_by",
  "reviewed_at", "status" }, {
  { "CLS-01", "AWS", "SUP-001", "iaas", "P-0008", "AWS", { "111122223333", "222233334444" },
    { "AST-001", "AST-003", "AST-013", "AST-015", "AST-018", "AST-019" }, "confidential", "confidential", true, { "eu-west-1" },
    { "eu-west-1", "eu-central-1" }, "P-0003", "2019-02-11", "2019-03-01", "us", true, "us", "2026-02-18", "active" },
  { "CLS-02", "Okta", "SUP-002", "saas", "P-0007", "Okta", false, { "AST-007" }, "internal", "confidential", true, { "eu" }, { "eu" }, "P-0002",
    "2020-05-04", "2020-06-01", "provider", true, "provider", "2026-02-18", "active" },
  { "CLS-03", "GitHub", "SUP-003", "saas", "P-0024", "GitHub", false, { "AST-014" }, "confidential", "confidential", false, { "us" },
    { "us", "eu" }, "P-0002", "2019-02-11", "2019-03-01", "provider", true, "both", "2026-02-18", "active" },
  { "CLS-04", "CRM", "SUP-004", "saas", "P-0011", "CRM", false, { "AST-009" }, "confidential", "confidential", true, { "eu" }, { "eu" }, "P-0002",
    "2020-09-14", "2020-10-01", "provider", true, "provider", "2026-02-18", "active" },
  { "CLS-05", "HRIS", "SUP-005", "saas", "P-0006", "HRIS", false, { "AST-016" }, "restricted", "restricted", true, { "eu" }, { "eu" }, "P-0002",
    "2021-03-08", "2021-04-01", "provider", true, "provider", "2026-01-28", "active" },
})

function backup.write(scale)
  local jobs = more_jobs(scale)
  write_jobs(jobs)
  write_sessions(jobs)
  write_restores()
  tools.yaml("registers/impact_analyses.yaml", "impact_analyses", "What the business can do without, and for how long.", { "id", "activity",
    "department", "owner", "max_outage", "rto", "rpo", "asset_ids", "supplier_ids", "assessed_at", "approved_by", "approved_at" }, IMPACT)
  tools.yaml("registers/cloud_services.yaml", "cloud_services", "Cloud services in use.", { "id", "name", "supplier_id", "model", "owner", "system",
    "accounts", "asset_ids", "classification", "classification_approved", "personal_data", "regions", "regions_approved", "approved_by",
    "approved_at", "in_use_since", "keys_held_by", "logs_collected", "backup_by", "reviewed_at", "status" }, CLOUD)
  backup.jobs = jobs
end

return backup
