-- bundle.yaml: what Acme is, and how each export of a tool is read.

local tools = require "generate_acme.tools"
local people = require "generate_acme.people"
local backup = require "generate_acme.backup"

local manifest = {}

local HEAD = [[
# The evidence of Acme Ltd, a made-up company, as of 30 June 2026. Written by examples/generate_acme.lua.
# Registers are in the words of assay; everything below evidence/ is an export of a tool and is mapped here.
schema: assay.bundle/1
organization:
  id: acme
  name: Acme Ltd
  sector: software
  headcount: %d
  jurisdictions: [GB, PT]
  locations: [Bristol, Leeds, Lisbon]
  handles_personal_data: true
  develops_software: true
  uses_cloud: true
  has_premises: true
  contact: security@acme.example
as_of: 2026-06-30
period: { from: 2026-01-01, to: 2026-06-30 }
defaults: { collected_at: 2026-06-30, source: registers }

documents:
  # ---- registers: the kind is the name of the file, columns and keys are the fields ----
  - path: registers/*.yaml
  - path: registers/*.csv

  # ---- people: HR, learning, intranet ----
  - path: evidence/hr/workforce.csv
    kind: people
    source: HR system
    collected_at: 2026-06-29T21:00:00Z
    map:
      id: Employee ID
      name: Full name
      email: Work email
      kind: Worker type
      department: Department
      job_title: Job title
      manager_id: Line manager ID
      location: Site
      start_date: First day
      end_date: Last day
      remote_worker: Hybrid or remote
      privileged: Administrator role
      supplier_id: Agency
    words:
      kind: { Regular: employee, Contingent: contractor, Fixed term: temporary, Non-executive: board }
  - path: evidence/hr/lifecycle_events.ndjson
    kind: identity_events
    source: HR system
  - path: evidence/lms/completions.csv
    kind: trainings
    source: learning platform
    collected_at: 2026-06-30T04:00:00Z
    map:
      person_id: Employee number
      course: Course title
      topics: Course tags
      mandatory: Required
      assigned_at: Enrolled on
      due_at: Due
      completed_at: Completed on
      score: Score
      passed: Result
    words:
      passed: { Passed: true, Failed: false, In progress: null }
  - path: evidence/phishing/simulations.csv
    kind: phishing_results
    source: phishing simulator
    map:
      campaign: Campaign
      person_id: Recipient ID
      sent_at: Sent
      outcome: Result
      reported_at: Reported
      follow_up_at: Coached
    words:
      outcome: { No response: no_action, Clicked link: clicked, Submitted data: credentials_given }
  - path: evidence/intranet/acknowledgements.csv
    source: intranet

  # ---- accounts and rights ----
  - path: evidence/idp/okta_users.csv
    kind: accounts
    source: Okta
    collected_at: 2026-06-29T22:10:00Z
    map:
      id: "okta:{Login}"
      username: Login
      person_id: Employee number
      status: Status
      privileged: Administrator
      created_at: Created
      last_login_at: Last login
      credential_changed_at: Password changed
      mfa: MFA enrolled
      mfa_method: MFA factors
      disabled_at: Deactivated
    words:
      status: { DEPROVISIONED: disabled, SUSPENDED: locked }
    set: { system: Okta, kind: human }
  - path: evidence/github/members.json
    kind: accounts
    source: GitHub
    collected_at: 2026-06-29T22:15:00Z
    at: members[]
    map:
      id: "github:{login}"
      username: login
      person_id: saml_identity.employee_number
      status: state
      privileged: role
      mfa: two_factor_enabled
      created_at: created_at
      disabled_at: removed_at
      last_login_at: last_activity_at
    words:
      status: { removed: deleted }
      privileged: { owner: true, member: false }
    set: { system: GitHub, kind: human }
  - path: evidence/aws/identity_center_users.json
    kind: accounts
    source: AWS
    collected_at: 2026-06-29T22:20:00Z
    at: Users[]
    map:
      id: "aws:{UserName}"
      username: UserName
      person_id: ExternalIds[0].Id
      status: Enabled
      privileged: Privileged
      created_at: CreatedAt
      disabled_at: DisabledAt
    words:
      status: { true: active, false: disabled }
    set: { system: AWS, kind: human, mfa: true }
  - path: evidence/systems/accounts.csv
    source: CRM, ERP, HRIS and backup console
    collected_at: 2026-06-29T23:00:00Z
  - path: evidence/service_desk/access_requests.ndjson
    kind: access_grants
    source: service desk
    map:
      account_id: account
      entitlement: item
      privileged: elevated
      requested_by: requester
      approved_by: approver
      granted_at: fulfilled_at
      expires_at: valid_until
      revoked_at: removed_at
      justification: reason

  # ---- devices, changes, networks ----
  - path: evidence/mdm/managed_devices.json
    kind: endpoints
    source: device management
    collected_at: 2026-06-30T03:00:00Z
    at: value[]
    map:
      id: id
      hostname: deviceName
      asset_id: assetTag
      person_id: employeeNumber
      ownership: managedDeviceOwnerType
      os: operatingSystem
      os_version: osVersion
      compliant: complianceState
      disk_encrypted: isEncrypted
      enrolled_at: enrolledDateTime
      last_seen_at: lastSyncDateTime
    words:
      compliant: { compliant: true, noncompliant: false }
    set: { type: laptop, status: active, managed: true }
  - path: evidence/service_desk/changes.csv
    kind: changes
    source: service desk
    map:
      id: Number
      title: Short description
      target: Category
      kind: Type
      status: State
      risk_assessed: Risk assessed
      requested_by: Requested by
      requested_at: Requested at
      approved_by: Approved by
      approved_at: Approved at
      implemented_by: Implemented by
      implemented_at: Implemented at
      asset_ids: Configuration items
      tested: Tested
      tested_by: Tested by
      rollback_plan: Back-out plan
      reviewed_at: Reviewed at
      outcome: Close code
  - path: evidence/ci/deployments.json
    kind: releases
    source: delivery pipeline
    at: deployments[]
    map:
      id: "{application} {version}"
      application_id: application
      version: version
      change_id: change
      built_at: built
      accepted_by: approved_by
      accepted_at: approved_at
      deployed_by: deployed_by
      deployed_at: deployed_at
      signed: signature.verified
      status: status
    set: { method: pipeline }
  - path: evidence/network/firewall_rules.csv
    source: firewall management
  - path: evidence/inventory/installations.ndjson
    kind: software_installations
    source: software inventory
    map:
      asset_id: asset
      name: product
      kind: category
      change_id: change
      observed_at: seen_at

  # ---- weaknesses and posture ----
  - path: evidence/scanner/findings.csv
    kind: vulnerabilities
    source: scanners
    collected_at: 2026-06-30T01:00:00Z
  - path: evidence/scanner/runs.json
    kind: vulnerability_scans
    source: scanners
    at: runs[]
    map:
      id: run_id
      tool: scanner
      kind: type
      asset_ids: targets.assets
      authenticated: credentialed
      targets_planned: targets.planned
      targets_reached: targets.finished
      feed_updated_at: plugin_feed
      started_at: start
      completed_at: end
      findings: findings
      status: status
  - path: evidence/images/trivy.json
    kind: vulnerabilities
    source: Trivy
    collected_at: 2026-06-28T02:11:40Z
    at: Results[].Vulnerabilities[]
    map:
      id: "{VulnerabilityID} {../Target} {PkgName}"
      identifier: VulnerabilityID
      title: Title
      resource: "{PkgName} {InstalledVersion} in {../Target}"
      severity: Severity
      cvss: CVSS.nvd.V3Score
    words:
      severity: { UNKNOWN: low }
    set: { tool: Trivy, asset_id: AST-002, status: open, first_seen_at: "{collected_at}", last_seen_at: "{collected_at}" }
  - path: evidence/cloud/prowler.csv
    kind: technical_checks
    source: Prowler
    collected_at: 2026-06-29T02:10:44Z
    delimiter: ";"
    map:
      check_id: CHECK_ID
      title: CHECK_TITLE
      resource: RESOURCE_UID
      resource_type: RESOURCE_TYPE
      account: ACCOUNT_UID
      region: REGION
      status: STATUS
      severity: SEVERITY
      detail: STATUS_EXTENDED
    set: { tool: Prowler, observed_at: "{collected_at}" }        # TIMESTAMP of the export has no zone

  # ---- backup ----
  - path: evidence/backup/sessions.csv
    kind: backup_runs
    source: Veeam
    collected_at: 2026-06-30T05:30:00Z
    map:
      id: Session
      job_id: Job name
      kind: Algorithm
      started_at: Start time
      ended_at: End time
      status: Result
      bytes: Transferred bytes
      verified: Verified
      error: Details
    words:
      job_id:
%s
  # ---- premises; the export of the rights is two months old ----
  - path: evidence/access_control/rights.csv
    kind: physical_grants
    source: access control system
    collected_at: 2026-04-30
  - path: evidence/access_control/events.ndjson
    kind: physical_events
    source: access control system
    map:
      id: "EV-{seq}"
      at: time
      zone_id: reader.zone
      kind: event
      person_id: holder
      credential_number: card
    words:
      kind: { door_open: entry, access_denied: refused }
  - path: evidence/reception/visitor_book.csv
    kind: visits
    source: reception
    map:
      id: Visit
      kind: Purpose
      visitor: Visitor
      company: Company
      site: Site
      zone_ids: Areas
      host: Host
      escort: Escort
      identity_checked: ID shown
      rules_accepted: House rules accepted
      badge_number: Badge
      arrived_at: Arrival
      left_at: Departure
      badge_returned_at: Badge returned
      goods_checked: Goods examined
]]

function manifest.write()
  local here = people.where(function(person) return person.kind ~= "board" and people.engaged(person) end)
  local jobs = {}
  for i, job in ipairs(backup.jobs) do jobs[i] = ("        %s: %s\n"):format(job[2], job[1]) end
  tools.text("bundle.yaml", HEAD:format(#here, table.concat(jobs)))
end

return manifest
