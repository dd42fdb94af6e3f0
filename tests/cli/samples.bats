#!/usr/bin/env bats
# Exports of real tools, read by at, map, words and set alone: examples/real-exports over the evidence samples.
load helper

REAL=$BATS_TEST_DIRNAME/../../examples/real-exports
SAMPLES=${ASSAY_SHARED:-$BATS_TEST_DIRNAME/../../../shared}/evidence-samples

setup_file() {
  [ -d "$SAMPLES" ] || return 0
  local file real=$BATS_FILE_TMPDIR/real program=${ASSAY:-$BATS_TEST_DIRNAME/../../build/assay} status=0
  mkdir -p "$real"
  cp -R "$REAL/bundle.yaml" "$REAL/registers" "$real/"
  for file in $(sed -n 's|^ *- path: exports/||p' "$REAL/bundle.yaml"); do
    mkdir -p "$real/exports/$(dirname "$file")"
    cp "$SAMPLES/$file" "$real/exports/$file"
  done
  (cd "$BATS_FILE_TMPDIR" && "$program" eval real --store none -o json >real.json 2>real.err) || status=$?
  echo "$status" >"$BATS_FILE_TMPDIR/status"
}

need_samples() {
  [ -d "$SAMPLES" ] || skip "the evidence samples are not at $SAMPLES (ASSAY_SHARED names the folder above them)"
  RESULT=$BATS_FILE_TMPDIR/real.json
}

# read_as FILE KIND RECORDS [LEFT_OUT]: what became of one export.
read_as() {
  local was
  was=$(jq -r --arg path "exports/$1" '.documents[] | select(.path == $path) | "\(.kind) \(.records) \(.left_out) \(.readable)"' "$RESULT")
  [ "$was" = "$2 $3 ${4:-0} true" ] || { echo "$1: $was, expected $2 $3 ${4:-0} true"; return 1; }
}

# only_complaints FILE CODES: the codes of all diagnostics about it.
only_complaints() {
  local codes
  codes=$(jq -r --arg path "exports/$1" '[.diagnostics[] | select(.document == $path).code] | unique | join(" ")' "$RESULT")
  [ "$codes" = "$2" ] || { echo "$1: $codes, expected $2"; return 1; }
}

@test "every listed export is read; rows that had to be left out make the run incomplete" {
  need_samples
  [ "$(cat "$BATS_FILE_TMPDIR/status")" = 2 ]
  [ "$(jq '[.documents[] | select(.readable | not)] | length' "$RESULT")" = 0 ]
  [ "$(jq '[.documents[] | select(.path | startswith("exports/"))] | length' "$RESULT")" = "$(grep -c 'path: exports/' "$REAL/bundle.yaml")" ]
  [ "$(jq '[.requirements[] | select(.status == "error")] | length' "$RESULT")" = 0 ]
}

@test "accounts: Okta, AWS, Google and Entra" {
  need_samples
  read_as okta/okta.yaml accounts 4
  read_as aws-iam/iam-get-credential-report.json accounts 3
  read_as google-workspace/google_workspace.yaml accounts 7
  read_as entra-id/microsoft_365.yaml accounts 4
}

@test "weaknesses: Trivy, Grype, OpenVAS, Wazuh, Alert Logic, Nuclei and ZAP" {
  need_samples
  read_as trivy/ubuntu-1804.json vulnerabilities 5
  read_as grype/amazon.json vulnerabilities 16
  read_as openvas/report_using_CVE.csv vulnerabilities 43
  read_as wazuh/v4-8_many_findings.json vulnerabilities 10
  read_as alertlogic/many_vulns.csv vulnerabilities 7
  read_as nuclei/issue_14071.json vulnerabilities 27
  read_as zap/zero.webappsecurity.json vulnerabilities 13
}

@test "posture: Prowler, ScubaGear, Defender, Security Hub, kube-bench, InSpec, testssl and Veeam" {
  need_samples
  read_as prowler/example_output_aws.csv technical_checks 4
  read_as prowler/example_output_aws.ocsf.json technical_checks 5
  read_as scubagear-m365/ScubaResults.csv technical_checks 92
  read_as azure-defender/many_vulns.csv technical_checks 4
  read_as aws-security-hub/asff_sample.json technical_checks 18
  read_as kube-bench/kube-bench-report-many-vuln.json technical_checks 24
  read_as inspec/aws-s3-baseline.json technical_checks 6
  read_as testssl/defectdojo_many_vuln.csv technical_checks 541
  read_as veeam/_SecurityCompliance.csv technical_checks 39
}

@test "others: Veeam sessions, KEV, Probo and Syft" {
  need_samples
  read_as veeam/VeeamSessionReport.csv backup_runs 7
  read_as cisa-kev/known_exploited_vulnerabilities.csv threat_reports 1404
  read_as probo-grc/risks.json risks 82
  read_as syft/syft-scan-alpine-container.json software_components 16
}

@test "rows that hold nothing are left out, counted and named by their line: Nessus" {
  need_samples
  read_as nessus/nessus_many_vuln.csv vulnerabilities 4 529
  [ "$(jq '[.diagnostics[] | select(.document == "exports/nessus/nessus_many_vuln.csv" and .line != null).line] | min' "$RESULT")" = 46 ]
  [ "$(jq '[.diagnostics[] | select(.document == "exports/nessus/nessus_many_vuln.csv" and .code == "E0304")] | length' "$RESULT")" = 529 ]
  jq -e '.diagnostics[] | select(.document == "exports/nessus/nessus_many_vuln.csv" and .line == 46 and (.message | contains("`severity`")))' "$RESULT"
}

@test "rules that cannot be told are left out, and it is said why: security groups" {
  need_samples
  read_as aws-config-api/ec2-describe-security-groups.json firewall_rules 3 6
  only_complaints aws-config-api/ec2-describe-security-groups.json E0303
  [ "$(jq -r '[.diagnostics[] | select(.document | test("security-groups")).message] | unique[]' "$RESULT")" = 'firewall_rules: the required field `source` is missing' ]
}

@test "there is nothing else to complain of" {
  need_samples
  [ "$(jq -r '[.diagnostics[] | select(.document | test("nessus|security-groups") | not)] | length' "$RESULT")" = 0 ]
}

# values WHAT: what the program itself read, asked through the findings of a rule that fails on every record.
values() {
  mkdir -p rules
  printf 'schema: assay.pack/1\nname: asks\nversion: 0.1.0\ncatalog: catalog.yaml\n' >rules/pack.yaml
  printf 'schema: assay.catalog/1\nentries:\n  - { id: OWN.1, kind: control, title: Values }\n' >rules/catalog.yaml
  cat >rules/own_1_values.lua <<LUA
return rule "OWN.1" {
  title = "Values", intent = "To see what was read.", needs = { "$1" },
  check "values" {
    question = "What is there?", tests = "operation", severity = "minor", weight = 1, over = "$1", empty = "not_applicable",
    expect = function() return false, {} end, message = "$2", remedy = "Nothing.",
  },
}
LUA
  assay eval "$BATS_FILE_TMPDIR/real" --rules rules -c OWN.1 --store none -o json
  values=$(jq -r --arg path "exports/$3" '.requirements[] | select(.id == "OWN.1").checks[0].findings[] | select(.document == $path).message' <<<"$output")
}

@test "words and templates do what the manifest says" {
  need_samples
  values accounts "{id} {username} {status} {privileged}" aws-iam/iam-get-credential-report.json
  holds "$values" "aws:<root_account> <root_account> active true"
  values accounts "{username} {status}" okta/okta.yaml
  holds "$values" "bob@example.com locked"
  holds "$values" "carol@example.com deleted"
  values vulnerabilities "{resource} {severity} {first_seen_at}" trivy/ubuntu-1804.json
  holds "$values" "bash 4.4.18-2ubuntu1.2 low 2026-06-30"
  values backup_runs "{job_id} {kind} {status} {started_at}" veeam/VeeamSessionReport.csv
  holds "$values" "JOB-3 full success 2024-03-01T22:00:00Z"
}

@test "a report with lines above its header is refused in plain words: Qualys" {
  need_samples
  mkdir -p qualys && cp "$SAMPLES/qualys/many_vulns_qid.csv" qualys/
  cat >qualys/bundle.yaml <<'YAML'
schema: assay.bundle/1
organization: { id: q, name: Q }
as_of: 2026-06-30
documents:
  - path: many_vulns_qid.csv
    kind: vulnerabilities
    map: { id: QID, identifier: QID, severity: KB Severity, status: Status, first_seen_at: First Detected }
YAML
  assay eval qualys --store none -o json
  expect_status 2
  holds "$errors" "this row has 41 cells, the header 3 columns"
  holds "$errors" "vulnerabilities counts as not supplied"
  # below its preamble the same file is a table like any other, but for its dates
  tail -n +4 "$SAMPLES/qualys/many_vulns_qid.csv" >qualys/many_vulns_qid.csv
  assay eval qualys --store none -o json
  expect_status 2
  holds "$errors" '"Jan 01, 2026 10:00 AM" is no time with a zone'
  cat >>qualys/bundle.yaml <<'YAML'
    words: { severity: { "1": low, "2": low, "3": medium, "4": high, "5": critical }, status: { ACTIVE: open } }
    set: { tool: Qualys }
    defaults: { first_seen_at: 2026-02-04 }
YAML
  sed -i 's/, first_seen_at: First Detected//' qualys/bundle.yaml
  assay eval qualys --store none --fail-on never -o json
  expect_status 0
  [ "$(jq -r '.documents[] | select(.path == "many_vulns_qid.csv") | "\(.records) \(.left_out)"' <<<"$output")" = "5 0" ]
}
