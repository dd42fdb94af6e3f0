-- Weaknesses: what scanners found and when it was fixed, their runs, penetration tests, the cloud posture tool, an image scan.

local tools = require "generate_acme.tools"
local assets = require "generate_acme.assets"

local weaknesses = {}

local day, moment = tools.day, tools.moment
local random = tools.random "weaknesses"
local AS_OF = day "2026-06-30"

local APPS = { "AST-002", "AST-003", "AST-011", "AST-012" }
local HOSTS = { "AST-001", "AST-003", "AST-004", "AST-010", "AST-013", "AST-018", "AST-023", "AST-024", "AST-025", "AST-026", "AST-027", "AST-028",
  "AST-029" }

-- ---- runs ----

-- The first days of each month, and what each run found.
local runs = {}

local function make_runs()
  local hosts = { table.unpack(HOSTS) }
  for _, server in ipairs(assets.servers) do hosts[#hosts + 1] = server.id end
  for month = 0, 12 do
    local year, number = 2025 + (5 + month) // 12, (5 + month) % 12 + 1
    local first = day(("%04d-%02d-03"):format(year, number))
    runs[#runs + 1] = { id = ("SCAN-H-%04d-%02d"):format(year, number), tool = "Nessus", kind = "host", assets = hosts, day = first, minutes = 1380,
      n = #hosts, reached = month % 5 == 2 and #hosts - 1 or #hosts }
    runs[#runs + 1] = { id = ("SCAN-W-%04d-%02d"):format(year, number), tool = "ZAP", kind = "web", assets = APPS, day = first + 2, minutes = 180,
      n = #APPS,
      reached = #APPS }
  end
end

local function write_runs()
  local out = tools.json_list("evidence/scanner/runs.json", "vulnerability_scans", '{"runs":[', "]}")
  for _, run in ipairs(runs) do
    if run.day < AS_OF then
      out:item(tools.object("run_id", run.id, "scanner", run.tool, "type", run.kind, "credentialed", run.kind == "host", "targets",
        tools.object("planned", run.n, "finished", run.reached, "assets", run.assets), "plugin_feed", moment(run.day, run.minutes - 90), "start",
        moment(run.day, run.minutes), "end", moment(run.day, run.minutes + 200), "findings", random:int(4, 30), "status", "completed"))
    end
  end
  out:close()
end

-- The run of the tool that shows a fix: the first one that ends after it.
local function run_after(tool, fixed)
  for _, run in ipairs(runs) do
    if run.tool == tool and run.day > fixed then return run end
  end
end

-- ---- findings ----

local FIXERS = { "P-0016", "P-0017" }
local LIMIT = { critical = 15, high = 30, medium = 90, low = 180 }
local FLAWS = {
  { "openssl", "Memory error in certificate parsing", "3.0.11" }, { "curl", "Header injection on redirect", "8.4.0" },
  { "glibc", "Overflow in name lookup", "2.36" }, { "linux", "Privilege escalation in a file system", "6.1.90" },
  { "nginx", "Request smuggling", "1.24.0" }, { "postgresql", "Rights bypass in a view", "15.6" },
  { "openssh", "Race in the login handler", "9.2" }, { "java runtime", "Unsafe deserialisation", "17.0.9" },
  { "python", "Path traversal in an archive", "3.11.2" }, { "tls settings", "Weak cipher offered", "-" },
  { "web framework", "Cross-site scripting in a form", "5.3" }, { "zlib", "Overflow while inflating", "1.2.13" },
}

local function cve(n) return ("CVE-%d-%d"):format(2025 + n % 2, 20000 + n * 137 % 30000) end

-- A finding that was fixed within its limit, and confirmed by the next run.
local function fixed_in_time(out, n, targets)
  local web = n % 7 == 0
  local asset = web and random:one_of(APPS) or random:one_of(targets)
  local severity = random:one_of { "critical", "high", "high", "medium", "medium", "medium", "low" }
  local flaw = random:one_of(FLAWS)
  local first = day "2025-07-06" + random:int(0, 300)
  local limit = LIMIT[severity]
  if severity == "critical" then limit = 7 end
  -- a few miss their limit, which the share allows for
  local late = (severity == "medium" or severity == "low") and random:chance(4)
  local fixed = first + (late and limit + random:int(2, 20) or random:int(1, math.min(limit - 1, 60)))
  local run = run_after(web and "ZAP" or "Nessus", fixed)
  if fixed > AS_OF - 30 or run == nil or run.day >= AS_OF then return end
  out:row(("VUL-%04d"):format(n), cve(n), flaw[2], web and "ZAP" or "Nessus", run.id, asset, flaw[1] .. " " .. flaw[3], severity,
    random:int(20, 99) / 10, nil, moment(first, 1500), fixed > first + 2 and moment(fixed - 1, 400) or moment(first, 1500),
    random:one_of(FIXERS), moment(fixed, 700), moment(run.day, run.minutes + 230), "Fixed")
end

local function write_findings(scale)
  local out = tools.csv("evidence/scanner/findings.csv", "vulnerabilities", { "id", "identifier", "title", "tool", "scan_id", "asset_id", "resource",
    "severity", "cvss", "known_exploited", "first_seen_at", "last_seen_at", "owner", "fixed_at", "verified_at", "status", "decided_by", "decided_at",
    "decision_expires_at", "reason" })
  local targets = { table.unpack(HOSTS) }
  for _, server in ipairs(assets.servers) do targets[#targets + 1] = server.id end
  for n = 1, 130 * scale do fixed_in_time(out, n, targets) end
  local last = 130 * scale
  -- seen by the latest runs, limits not yet reached
  for i = 1, 14 * scale do
    local severity = random:one_of { "high", "medium", "medium", "low" }
    local flaw = random:one_of(FLAWS)
    out:row(("VUL-%04d"):format(last + i), cve(last + i), flaw[2], "Nessus", "SCAN-H-2026-06", random:one_of(targets), flaw[1] .. " " .. flaw[3],
      severity, random:int(20, 89) / 10, nil, "2026-06-04T01:40:00Z", "2026-06-04T01:40:00Z", random:one_of(FIXERS), nil, nil, "Open")
  end
  last = last + 14 * scale
  -- left as they are, by decision of somebody else than who would have to fix them
  for i, r in ipairs {
    { "AST-004", "java runtime 11.0.20", "high", "Mitigated", "2026-04-09", "2026-09-30",
      "Reachable only from the jump host until the ERP update in September" },
    { "AST-010", "web framework 5.2", "medium", "Accepted", "2026-03-19", "2026-12-31", "The console is reachable from the management network only" },
    { "AST-026", "tls settings -", "low", "Accepted", "2026-02-26", "2026-11-30",
      "Needed for one old scanner in the warehouse, which is replaced this year" },
    { "AST-028", "openssh 9.2", "medium", "False positive", "2026-05-07", nil, "The vendor has carried the fix over without a new version number" } } do
    out:row(("VUL-%04d"):format(last + i), cve(last + i), "Known weakness of " .. r[2], "Nessus", "SCAN-H-2026-06", r[1], r[2], r[3], 6.1, nil,
      "2026-02-04T01:40:00Z", "2026-06-04T01:40:00Z", "P-0016", nil, nil, r[4], "P-0002", r[5], r[6], r[7])
  end
  -- planted: critical, on the gateway, seen three weeks ago and still open
  out:row(("VUL-%04d"):format(last + 5), "CVE-2026-31337", "Remote code execution in the request router", "ZAP", "SCAN-W-2026-06", "AST-003",
    "gateway router 4.8", "critical", 9.8, nil, "2026-06-05T05:30:00Z", "2026-06-05T05:30:00Z", "P-0017", nil, nil, "Open")
  out:close()
end

-- ---- an image scan, as Trivy writes it ----

local PACKAGES = { "busybox", "libcrypto3", "libexpat", "libxml2", "musl", "pcre2", "sqlite-libs", "tzdata", "zlib", "openjdk17-jre",
  "nghttp2-libs", "libcurl" }

local function write_images()
  local out = tools.json_list("evidence/images/trivy.json", "vulnerabilities", '{"SchemaVersion":2,"CreatedAt":"2026-06-28T02:11:40Z",'
    .. '"ArtifactName":"registry.acme.example/shop-api:2026.44.1","ArtifactType":"container_image","Results":[', "]}")
  local n = 900
  for _, target in ipairs { "registry.acme.example/shop-api:2026.44.1 (alpine 3.20.3)", "app/shop-api.jar", "app/tools/package-lock.json" } do
    local found = {}
    for _, package in ipairs(random:some(PACKAGES, random:int(5, 8))) do
      n = n + 1
      found[#found + 1] = tools.object("VulnerabilityID", cve(n), "PkgName", package, "InstalledVersion", ("1.%d.%d"):format(n % 9, n % 7),
        "FixedVersion", n % 3 > 0 and ("1.%d.%d"):format(n % 9 + 1, 0) or nil, "Severity",
        random:one_of { "LOW", "LOW", "MEDIUM", "MEDIUM", "HIGH", "UNKNOWN" }, "Title", "Weakness in " .. package,
        "CVSS", tools.object("nvd", tools.object("V3Score", random:int(30, 88) / 10)), "PublishedDate", moment(day "2026-05-20" + n % 30, 900))
    end
    out:item(tools.object("Target", target, "Class", target:find("alpine") and "os-pkgs" or "lang-pkgs", "Vulnerabilities", found), #found)
  end
  out:item(tools.object("Target", "app/tools/Dockerfile", "Class", "config"), 0)
  out:close()
end

-- ---- cloud posture, as Prowler writes it ----

local POSTURE = {
  { "s3_bucket_public_access", "Buckets are not public", "s3", "critical", "AwsS3Bucket" },
  { "s3_bucket_default_encryption", "Buckets are encrypted", "s3", "medium", "AwsS3Bucket" },
  { "ec2_instance_imdsv2_enabled", "Instance metadata needs a token", "ec2", "high", "AwsEc2Instance" },
  { "ec2_ebs_volume_encryption", "Volumes are encrypted", "ec2", "medium", "AwsEc2Volume" },
  { "rds_instance_backup_enabled", "Databases are backed up", "rds", "medium", "AwsRdsDbInstance" },
  { "iam_user_mfa_enabled_console_access", "Console users have a second factor", "iam", "high", "AwsIamUser" },
  { "cloudtrail_multi_region_enabled", "Activity is logged in every region", "cloudtrail", "high", "AwsCloudTrailTrail" },
  { "guardduty_is_enabled", "Threat detection is on", "guardduty", "medium", "AwsGuardDutyDetector" },
  { "ec2_securitygroup_default_restrict_traffic", "Default groups let nothing through", "ec2", "high", "AwsEc2SecurityGroup" },
  { "kms_cmk_rotation_enabled", "Keys are rotated", "kms", "medium", "AwsKmsKey" },
}

local function write_posture(scale)
  local out = tools.csv("evidence/cloud/prowler.csv", "technical_checks", { "AUTH_METHOD", "TIMESTAMP", "ACCOUNT_UID", "ACCOUNT_NAME", "FINDING_UID",
    "PROVIDER", "CHECK_ID", "CHECK_TITLE", "STATUS", "STATUS_EXTENDED", "MUTED", "SERVICE_NAME", "SEVERITY", "RESOURCE_TYPE",
    "RESOURCE_UID", "REGION", "COMPLIANCE" }, ";")
  for _, account in ipairs { { assets.PROD, "acme-prod" }, { assets.STAGING, "acme-staging" } } do
    for c, check in ipairs(POSTURE) do
      for i = 1, (c <= 5 and 12 or 4) * scale do
        local failed = random:chance(7)
        out:row("profile: audit", "2026-06-29 02:10:44.113874", account[1], account[2], ("prowler-aws-%s-%s-%d"):format(check[1], account[1], i),
          "aws", check[1], check[2], failed and "FAIL" or "PASS",
          ("%s %d in account %s: %s."):format(check[3], i, account[1], failed and "not as it should be" or "in order"), "False",
          check[3], check[4], check[5], ("arn:aws:%s:eu-west-1:%s:%s-%03d"):format(check[3], account[1], account[2], i), "eu-west-1",
          "ISO27001-2022: A.8.9 | CIS-3.0: 2.1." .. c)
      end
    end
  end
  out:close()
end

local TESTS = tools.rows({ "id", "title", "kind", "asset_ids", "supplier_id", "authorised_by", "authorised_at", "started_at", "completed_at", "report_at",
  "findings_critical", "findings_high", "findings_medium", "findings_low", "retested_at", "retest_open", "status" }, {
  { "PT-2025-1", "Yearly test of what faces the Internet", "external", { "AST-002", "AST-003", "AST-011", "AST-012", "AST-028" }, "SUP-016",
    "P-0003", "2025-02-10", "2025-02-24", "2025-03-07", "2025-03-14", 0, 3, 6, 9, "2025-05-20", 0, "completed" },
  { "PT-2026-1", "Yearly test of what faces the Internet", "external", { "AST-002", "AST-003", "AST-011", "AST-012", "AST-028" }, "SUP-016",
    "P-0003", "2026-02-09", "2026-03-02", "2026-03-13", "2026-03-20", 0, 2, 5, 11, "2026-05-06", 0, "completed" },
  { "PT-2026-2", "Test of the new checkout", "web", { "AST-002" }, "SUP-016", "P-0003", "2026-06-22", false, false, false, false, false, false,
    false, false, false, "planned" },
})

function weaknesses.write(scale)
  make_runs()
  write_runs()
  write_findings(scale)
  write_images()
  write_posture(scale)
  tools.yaml("registers/penetration_tests.yaml", "penetration_tests", "Engagements of testers from outside.", { "id", "title", "kind", "asset_ids",
    "supplier_id", "authorised_by", "authorised_at", "started_at", "completed_at", "report_at", "findings_critical", "findings_high",
    "findings_medium", "findings_low", "retested_at", "retest_open", "status" }, TESTS)
end


return weaknesses
