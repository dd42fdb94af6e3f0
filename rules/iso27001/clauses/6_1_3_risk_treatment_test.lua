-- Ann owns R-1 (accepted above the appetite, with an end) and R-2 (under treatment). The SoA excludes A.7.10 and A.8.30.
local counts = { ["A.5"] = 37, ["A.6"] = 8, ["A.7"] = 14, ["A.8"] = 34 }
local excluded = { ["A.7.10"] = "No storage media are bought or used", ["A.8.30"] = "No supplier develops software for us" }

local soa = {}
for _, theme in ipairs{ "A.5", "A.6", "A.7", "A.8" } do
  for number = 1, counts[theme] do
    local control = theme .. "." .. number
    soa[#soa + 1] = {
      control = control, applicable = not excluded[control],
      justification = excluded[control] or "It lowers risk number " .. control .. " of our register",
      reasons = { "business" }, status = not excluded[control] and "implemented" or nil,
      owner = "ann", version = "2", approved_by = "eve", approved_at = "2026-01-10",
    }
  end
end

-- One control for each fact that forbids to exclude it.
local of_each_fact = {
  "A.5.9", "A.5.11", "A.5.16", "A.5.19", "A.5.21", "A.5.23", "A.5.34", "A.6.7", "A.7.1", "A.7.10", "A.7.14", "A.8.1", "A.8.2", "A.8.4", "A.8.8",
  "A.8.13", "A.8.30",
}

local function excluding(controls)
  local rows = {}
  for i, control in ipairs(controls) do rows[i] = { control = control, applicable = false, status = absent } end
  return rows
end

return test "6.1.3" {
  as_of = "2026-06-30",
  organization = { id = "acme", name = "Acme" },
  baseline = {
    people = {
      { id = "eve", name = "Eve", kind = "employee", start_date = "2015-01-01" },
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01", manager_id = "eve" },
      { id = "bob", name = "Bob", kind = "employee", start_date = "2019-01-01", end_date = "2026-03-31", manager_id = "eve" },
    },
    risk_criteria = { { method = "axis_evidence", appetite = 4, tolerance = 16 } },
    risks = {
      { id = "R-1", title = "Ransomware", controls = { "A.8.13" }, owner = "ann", likelihood = 4, impact = 5, treatment = "retain",
        assessed_at = "2026-02-01", accepted_by = "ann", accepted_at = "2026-03-01", acceptance_expires_at = "2026-12-31", status = "accepted" },
      { id = "R-2", title = "Phishing", controls = { "A.6.3" }, owner = "ann", likelihood = 3, impact = 3, treatment = "modify",
        assessed_at = "2026-02-01", status = "open" },
      { id = "R-3", title = "Old fire", owner = "bob", likelihood = 1, impact = 1, treatment = "avoid", assessed_at = "2020-01-01", status = "closed" },
    },
    risk_controls = { { risk_id = "R-1", control = "A.8.7", strength = 0.4 } },
    treatments = {
      { id = "T-1", risk_id = "R-2", action = "Train everybody again", controls = { "A.6.3" }, owner = "ann", approved_by = "ann",
        approved_at = "2026-03-01", due_at = "2026-10-01", status = "in_progress" },
    },
    soa = soa,
    interested_parties = {
      { id = "law", party = "Authority", kind = "regulator", requirement = "Protect data", basis = "law", addressed_by = { "A.5.34" },
        identified_at = "2025-01-01", status = "active" },
    },
    suppliers = {}, assets = {}, accounts = {},
  },
  risks = { ["R-1"] = { inherent = 20, residual = 8 }, ["R-2"] = { inherent = 9, residual = 6 } },

  -- soa_complete

  case "no SoA" {
    without = { "soa" },
    expect = { soa_complete = "unknown", risk_controls_applicable = "unknown", exclusions_hold = "unknown", inclusions_backed = "unknown" },
  },
  case "a control without a row" {
    without = { soa = { "A.8.34" } },
    expect = { soa_complete = { "A.8.34", message = "A.8.34 has no row in the SoA" } },
  },
  case "a control with two rows" {
    add = { soa = { { control = "A.5.1", applicable = true, justification = "Once more for safety's sake", status = "partial", version = "2",
      approved_by = "eve", approved_at = "2026-01-10", reasons = { "business" }, owner = "ann" } } },
    expect = { soa_complete = { "A.5.1", message = "A.5.1 has 2 rows in the SoA" } },
  },
  case "a control of the old edition" {
    add = { soa = { { control = "A.18.1.1", applicable = true, justification = "Left over from an older list", status = "partial", version = "2",
      approved_by = "eve", approved_at = "2026-01-10", reasons = { "business" }, owner = "ann" } } },
    expect = { soa_complete = { "A.18.1.1", message = "A.18.1.1 is no control of the 2022 edition; the row may stem from an older one" } },
  },
  case "an own control is welcome" {
    add = { soa = { { control = "ACME.1", applicable = true, justification = "Our own rule for model weights", status = "partial", version = "2",
      approved_by = "eve", approved_at = "2026-01-10", reasons = { "business" }, owner = "ann" } } },
    expect = { soa_complete = { population = 93, passes = true } },
  },
  case "applicable, but implemented or not" {
    with = { soa = { { control = "A.5.1", status = absent } } },
    expect = { soa_complete = { "A.5.1", message = "A.5.1 is applicable, but the SoA does not say whether it is implemented" } },
  },
  case "a justification that says nothing" {
    with = { soa = { { control = "A.5.1", justification = "n/a" } } },
    expect = { soa_complete = { "A.5.1", message = "the SoA row of A.5.1 is incomplete" } },
  },
  case "no version" {
    with = { soa = { { control = "A.5.1", version = absent } } },
    expect = { soa_complete = { "A.5.1", message = "the SoA row of A.5.1 has no version" } },
  },
  case "not approved" {
    with = { soa = { { control = "A.5.1", approved_by = absent } } },
    expect = { soa_complete = { "A.5.1", message = "the SoA row of A.5.1 is not approved" } },
  },
  case "of another version" {
    with = { soa = { { control = "A.5.1", version = "1" } } },
    expect = { soa_complete = { "A.5.1", message = "the SoA rows carry different versions: 2, 1" } },
  },
  case "approved by another" {
    with = { soa = { { control = "A.5.1", approved_by = "ann" } } },
    expect = { soa_complete = { "A.5.1", message = "the SoA row of A.5.1 was approved by Ann, the others by somebody else" } },
  },
  case "confirmed too long ago" {
    with = { soa = { { control = "A.5.1", approved_at = "2025-06-29" } } },
    expect = { soa_complete = { "A.5.1", message = "the SoA was last approved or confirmed 366 days ago" } },
  },
  case "confirmed without a change" {
    with = { soa = { { control = "A.5.1", approved_at = "2024-01-01", reviewed_at = "2025-06-30" } } },
    expect = { soa_complete = "pass" },
  },

  -- risk_controls_applicable

  case "a risk relies on what the SoA excludes" {
    with = { risks = { { id = "R-2", controls = { "A.6.3", "A.7.10" } } } },
    expect = {
      risk_controls_applicable = { "R-2", message = "risks R-2 relies on A.7.10, which the SoA excludes" },
      exclusions_hold = { "A.7.10", message = "A.7.10 is excluded, yet R-2 rely on it" },
    },
  },
  case "a treatment relies on what nobody knows" {
    with = { treatments = { { id = "T-1", controls = { "A.9.9" } } } },
    expect = { risk_controls_applicable = { "T-1", message = "treatments T-1 relies on A.9.9, which the SoA does not know" } },
  },
  case "counted on as done" {
    with = { risks = { { id = "R-1", status = "treated" } }, soa = { { control = "A.8.13", status = "planned" } } },
    expect = { risk_controls_applicable = { "R-1", message = "risks R-1 counts on A.8.13 as done, but the SoA calls it planned" } },
  },
  case "planned controls of a treated risk may still be planned" {
    with = { risks = { { id = "R-1", status = "treated" } }, soa = { { control = "A.8.7", status = "planned" } },
      risk_controls = { [1] = { planned = true } } },
    expect = { risk_controls_applicable = "pass" },
  },
  case "no risk relies on anything" {
    with = { risks = { { id = "R-1", controls = absent }, { id = "R-2", controls = absent } }, treatments = { { id = "T-1", controls = absent } } },
    only = { risk_controls = {} },
    expect = { risk_controls_applicable = "unknown" },
  },

  -- exclusions_hold

  case "excluded without a word of sense" {
    with = { soa = { { control = "A.7.10", justification = "not applicable" } } },
    expect = { exclusions_hold = { "A.7.10", message = "A.7.10 is excluded with a justification that says nothing: not applicable" } },
  },
  case "excluded, but a row of risk_controls names it" {
    with = { risk_controls = { [1] = { control = "A.7.10" } } },
    expect = { exclusions_hold = { "A.7.10", message = "A.7.10 is excluded, yet R-1 rely on it" } },
  },
  case "always needed" {
    with = { soa = { { control = "A.5.1", applicable = false, status = absent } } },
    expect = { exclusions_hold = { "A.5.1", message = "A.5.1 is excluded, although clauses 4.2, 5.2, 5.3, 7.3 and 9.2.1 ask for the same" } },
  },
  case "contradicted by a medium" {
    with = { assets = { { id = "tape", name = "Tape", type = "media", status = "in_store" } } },
    expect = { exclusions_hold = { "A.7.10", message = "A.7.10 is excluded, although storage media are in use or in store" } },
  },
  case "contradicted by a supplier" {
    with = { suppliers = { { id = "s1", name = "Code house", criticality = "low", develops_for_us = true, status = "active" } } },
    expect = { exclusions_hold = { "A.8.30", message = "A.8.30 is excluded, although active suppliers develop for the organisation" } },
  },
  case "facts of kinds that are not there are left out" {
    without = { "assets", "suppliers", "accounts", "risk_controls" },
    expect = { exclusions_hold = "pass" },
  },
  case "nothing is excluded" {
    with = { soa = { { control = "A.7.10", applicable = true, status = "planned" }, { control = "A.8.30", applicable = true, status = "planned" } } },
    expect = { exclusions_hold = "n_a" },
  },

  -- inclusions_backed

  case "for no reason" {
    with = { soa = { { control = "A.5.2", reasons = absent } } },
    expect = { inclusions_backed = { "A.5.2", message = "A.5.2 is applicable for no stated reason" } },
  },
  case "for a reason that is none" {
    with = { soa = { { control = "A.5.2", reasons = { "habit" } } } },
    expect = { inclusions_backed = { "A.5.2", message = "A.5.2 is applicable for reasons that are none: habit" } },
  },
  case "because of a risk that does not name it" {
    with = { soa = { { control = "A.5.2", reasons = { "risk" } } } },
    expect = { inclusions_backed = { "A.5.2", message = "A.5.2 is included because of a risk, but no open risk names it" } },
  },
  case "because of a risk that does" {
    with = { soa = { { control = "A.8.13", reasons = { "risk" } }, { control = "A.8.7", reasons = { "risk" } } } },
    expect = { inclusions_backed = "pass" },
  },
  case "because of a law that asks for nothing here" {
    with = { soa = { { control = "A.5.2", reasons = { "legal" } }, { control = "A.5.34", reasons = { "legal" } } } },
    expect = { inclusions_backed = { "A.5.2",
      message = "A.5.2 is included because of law or contract, but no requirement of an interested party leads to it" } },
  },
  case "nobody owns it" {
    with = { soa = { { control = "A.5.2", owner = absent } } },
    expect = { inclusions_backed = { "A.5.2", message = "A.5.2 is applicable, but has no owner" } },
  },
  case "the owner has left" {
    with = { soa = { { control = "A.5.2", owner = "bob" } } },
    expect = { inclusions_backed = { "A.5.2", message = "A.5.2 belongs to Bob, who has left" } },
  },
  case "copied all over" {
    with = { soa = { { control = "A.5.2", justification = "It is good to have" }, { control = "A.5.3", justification = "It is good to have" } } },
    params = { max_same_text = 1 },
    expect = { inclusions_backed = { "A.5.2", "A.5.3", message = "2 controls share the justification 'It is good to have'" } },
  },

  -- risks_above_appetite_planned

  case "no register of risks" {
    without = { "risks" },
    expect = { risks_above_appetite_planned = "unknown", acceptance_by_owner = "unknown", risk_controls_applicable = "unknown" },
  },
  case "no plan" {
    without = { treatments = { "T-1" } },
    expect = { risks_above_appetite_planned = { "R-2",
      message = "risk R-2 (Phishing) stands at 6, above the appetite of 4, without a treatment plan" } },
  },
  case "at the appetite no plan is needed" {
    without = { treatments = { "T-1" } }, risks = { ["R-1"] = { inherent = 20, residual = 8 }, ["R-2"] = { inherent = 9, residual = 4 } },
    expect = { risks_above_appetite_planned = { population = 1, passes = true } },
  },
  case "cancelled" {
    with = { treatments = { { id = "T-1", status = "cancelled" } } },
    expect = { risks_above_appetite_planned = { "R-2", message = "all treatments of risk R-2 (Phishing) are cancelled; it stands at 6" } },
  },
  case "nobody carries it out" {
    with = { treatments = { { id = "T-1", owner = absent } } },
    expect = { risks_above_appetite_planned = { "R-2", message = "nobody is to carry out treatment T-1 of risk R-2 (Phishing)" } },
  },
  case "nobody approved it" {
    with = { treatments = { { id = "T-1", approved_by = absent } } },
    expect = { risks_above_appetite_planned = { "R-2", message = "nobody has approved treatment T-1 of risk R-2 (Phishing)" } },
  },
  case "a plan approved by another" {
    with = { treatments = { { id = "T-1", approved_by = "eve" } } },
    expect = { risks_above_appetite_planned = { "R-2",
      message = "treatment T-1 of risk R-2 (Phishing) was approved by Eve, not by the owner of the risk" } },
  },
  case "approved tomorrow" {
    with = { treatments = { { id = "T-1", approved_at = "2026-07-01" } } },
    expect = { risks_above_appetite_planned = { "R-2",
      message = "the approval of treatment T-1 of risk R-2 (Phishing) has no date, or one in the future" } },
  },
  case "one treatment in order is enough" {
    with = { treatments = { { id = "T-1", owner = absent }, { id = "T-2", risk_id = "R-2", action = "Block macros", controls = { "A.8.7" },
      owner = "ann", approved_by = "ann", approved_at = "2026-06-30", due_at = "2026-12-01", status = "planned" } } },
    expect = { risks_above_appetite_planned = "pass" },
  },
  case "modified by no control" {
    with = { risks = { { id = "R-2", controls = absent } }, treatments = { { id = "T-1", controls = absent } } },
    expect = { risks_above_appetite_planned = { "R-2", message = "risk R-2 (Phishing) is to be modified, but by no control" } },
  },
  case "retained, and nobody accepted it" {
    with = { risks = { { id = "R-1", accepted_by = absent } } },
    expect = {
      risks_above_appetite_planned = { "R-1", message = "risk R-1 (Ransomware) is retained at 8, above the appetite, and nobody has accepted it" },
      acceptance_by_owner = { "R-1", message = "nobody has accepted what remains of risk R-1 (Ransomware)" },
    },
  },

  -- acceptance_by_owner

  case "accepted by another" {
    with = { risks = { { id = "R-1", accepted_by = "eve" } } },
    expect = { acceptance_by_owner = { "R-1", message = "risk R-1 (Ransomware) was accepted by Eve, but is owned by Ann" } },
  },
  case "accepted on no date" {
    with = { risks = { { id = "R-1", accepted_at = absent } } },
    expect = { acceptance_by_owner = { "R-1", message = "the acceptance of risk R-1 (Ransomware) has no date" } },
  },
  case "accepted by somebody who had left" {
    with = { risks = { { id = "R-1", owner = "bob", accepted_by = "bob", accepted_at = "2026-04-01" } } },
    expect = { acceptance_by_owner = { "R-1", message = "the acceptance of risk R-1 (Ransomware) does not hold" } },
  },
  case "accepted before it was assessed" {
    with = { risks = { { id = "R-1", accepted_at = "2026-01-31" } } },
    expect = { acceptance_by_owner = { "R-1",
      message = "risk R-1 (Ransomware) was accepted on 2026-01-31, before the assessment of 2026-02-01" } },
  },
  case "accepted for ever" {
    with = { risks = { { id = "R-1", acceptance_expires_at = absent } } },
    expect = { acceptance_by_owner = { "R-1", message = "the acceptance of risk R-1 (Ransomware), above the appetite, never ends" } },
  },
  case "accepted until today" {
    with = { risks = { { id = "R-1", acceptance_expires_at = "2026-06-30" } } },
    expect = { acceptance_by_owner = "pass" },
  },
  case "accepted until yesterday" {
    with = { risks = { { id = "R-1", acceptance_expires_at = "2026-06-29" } } },
    expect = { acceptance_by_owner = { "R-1", message = "the acceptance of risk R-1 (Ransomware) ran out 1 day ago" } },
  },
  case "accepted for too long" {
    with = { risks = { { id = "R-1", acceptance_expires_at = "2027-03-02" } } },
    expect = { acceptance_by_owner = { "R-1", message = "the acceptance of risk R-1 (Ransomware) lasts longer than 365 days" } },
  },
  case "accepted above the tolerance" {
    risks = { ["R-1"] = { inherent = 20, residual = 20 }, ["R-2"] = { inherent = 9, residual = 6 } },
    expect = { acceptance_by_owner = { "R-1", message = "risk R-1 (Ransomware) is accepted at 20, above the tolerance of 16" } },
  },
  case "below the appetite no end is needed" {
    with = { risks = { { id = "R-1", acceptance_expires_at = absent } } },
    risks = { ["R-1"] = { inherent = 20, residual = 4 }, ["R-2"] = { inherent = 9, residual = 6 } },
    expect = { acceptance_by_owner = "pass" },
  },
  case "nothing was accepted" {
    with = { risks = { { id = "R-1", treatment = "modify", status = "open" } } },
    expect = { acceptance_by_owner = "n_a" },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = { soa_review_interval = "365 d", min_words = 4, max_same_text = 20, max_acceptance = "365 d" } },
  },

  case "the last row is of another version" {
    with = { soa = { { control = "A.8.34", version = "1" } } },
    expect = { soa_complete = { "A.8.34" } },
  },
  case "a control of the old edition, beside all of the new one" {
    add = { soa = { { control = "A.18.1.1", applicable = true, justification = "Left over from an older list", status = "partial", version = "2",
      approved_by = "eve", approved_at = "2026-01-10", reasons = { "business" }, owner = "ann" } } },
    expect = { soa_complete = { "A.18.1.1", population = 94 } },
  },
  case "neither version nor approval" {
    with = { soa = { { control = "A.5.1", version = absent, approved_by = absent } } },
    expect = { soa_complete = { "A.5.1", message = "the SoA row of A.5.1 has no version" } },
  },
  case "of another version, and not approved" {
    with = { soa = { { control = "A.5.1", version = "1", approved_by = absent } } },
    expect = { soa_complete = { "A.5.1", message = "the SoA row of A.5.1 is not approved" } },
  },

  case "what is counted on by a treated risk, and by its link" {
    with = {
      risks = { { id = "R-1", status = "treated" } }, risk_controls = { [1] = { control = "A.8.13", planned = false } },
      soa = { { control = "A.8.13", status = "planned" } },
    },
    expect = { risk_controls_applicable = { "R-1", 1 } },
  },
  case "the risk names it, the link says that it is planned" {
    with = {
      risks = { { id = "R-1", status = "treated" } }, risk_controls = { [1] = { control = "A.8.13", planned = true } },
      soa = { { control = "A.8.13", status = "planned" } },
    },
    expect = { risk_controls_applicable = "pass" },
  },
  case "a risk that is not treated counts on nothing" {
    with = { soa = { { control = "A.8.13", status = "planned" }, { control = "A.8.7", status = "planned" }, { control = "A.6.3", status = "planned" } } },
    expect = { risk_controls_applicable = "pass" },
  },
  case "implemented in part" {
    with = { risks = { { id = "R-1", status = "treated" } }, soa = { { control = "A.8.13", status = "partial" } } },
    expect = { risk_controls_applicable = "pass" },
  },
  case "counted on, but undecided" {
    with = { risks = { { id = "R-1", status = "treated" } }, soa = { { control = "A.8.13", status = absent } } },
    expect = { risk_controls_applicable = { "R-1", message = "risks R-1 counts on A.8.13 as done, but the SoA calls it undecided" } },
  },
  case "a treatment that is done counts on its control" {
    with = { treatments = { { id = "T-1", status = "done" } }, soa = { { control = "A.6.3", status = "planned" } } },
    expect = { risk_controls_applicable = { "T-1" }, risks_above_appetite_planned = "pass" },
  },
  case "closed risks, links to them or to none, and cancelled treatments rely on nothing" {
    with = {
      risks = { { id = "R-3", controls = { "A.7.10" } } },
      treatments = { { id = "T-2", risk_id = "R-3", action = "Safe", controls = { "A.7.10" }, due_at = "2026-10-01", status = "cancelled" } },
    },
    add = { risk_controls = { { risk_id = "R-3", control = "A.7.10" }, { risk_id = "R-9", control = "A.7.10" } } },
    expect = { risk_controls_applicable = "pass", exclusions_hold = "pass" },
  },

  case "a risk relies on it, and nobody keeps links" {
    with = { risks = { { id = "R-2", controls = { "A.6.3", "A.7.10" } } } },
    without = { "risk_controls" },
    expect = { exclusions_hold = { "A.7.10" } },
  },
  case "each fact: cloud, personal data, accounts, suppliers, remote work, media, devices, systems" {
    organization = { uses_cloud = true, handles_personal_data = true },
    with = {
      risks = { { id = "R-1", controls = { "A.8.12" } } },
      soa = excluding(of_each_fact),
      people = { { id = "ann", remote_worker = true } },
      accounts = {
        { id = "a1", system = "crm", kind = "human", privileged = false, status = "active" },
        { id = "a2", system = "crm", kind = "service", privileged = true, status = "active" },
      },
      suppliers = {
        { id = "s1", name = "Office help", criticality = "low", accesses_information = true, status = "active" },
        { id = "s2", name = "Chips", criticality = "low", ict_product = true, status = "active" },
      },
      assets = {
        { id = "pc", name = "Laptop", type = "hardware", status = "in_use", assigned_to = "ann" },
        { id = "tape", name = "Tape", type = "media", status = "in_use" },
        { id = "web", name = "Shop", type = "service", status = "in_use", internet_facing = true },
        { id = "db", name = "Database", type = "software", status = "in_use", critical = true },
      },
    },
    expect = { exclusions_hold = {
      "A.5.9", "A.5.11", "A.5.16", "A.5.19", "A.5.21", "A.5.23", "A.5.34", "A.6.7", "A.7.10", "A.7.14", "A.8.1", "A.8.2", "A.8.8", "A.8.13",
    } },
  },
  case "the same facts by other ways" {
    organization = { has_premises = true, develops_software = true },
    with = {
      risks = { { id = "R-1", controls = { "A.8.12" } } },
      soa = excluding(of_each_fact),
      suppliers = { { id = "s1", name = "Cloudy", criticality = "low", cloud = true, status = "active" } },
      assets = { { id = "files", name = "Files", type = "information", status = "in_use", holds_personal_data = true } },
    },
    expect = { exclusions_hold = { "A.5.9", "A.5.11", "A.5.23", "A.5.34", "A.7.1", "A.8.4" } },
  },
  case "a house is in use" {
    with = { soa = excluding(of_each_fact), assets = { { id = "hq", name = "Office", type = "facility", status = "in_use" } },
      risks = { { id = "R-1", controls = { "A.8.12" } } } },
    expect = { exclusions_hold = { "A.5.9", "A.5.11", "A.7.1" } },
  },
  case "a machine that is nobody's, software that is somebody's" {
    with = {
      risks = { { id = "R-1", controls = { "A.8.12" } } },
      soa = excluding(of_each_fact),
      assets = {
        { id = "srv", name = "Server", type = "hardware", status = "in_use" },
        { id = "tool", name = "Tool", type = "software", status = "in_use", assigned_to = "ann" },
      },
    },
    expect = { exclusions_hold = { "A.5.9", "A.5.11", "A.7.14" } },
  },
  case "facts of the past, and what comes close" {
    with = {
      risks = { { id = "R-1", controls = { "A.8.12" } } },
      soa = excluding(of_each_fact),
      people = { { id = "ann", kind = "contractor" }, { id = "eve", kind = "board" } },
      accounts = {
        { id = "a1", system = "crm", kind = "human", privileged = true, status = "disabled" },
        { id = "a2", system = "crm", kind = "service", privileged = false, mfa = true, status = "active" },
      },
      suppliers = {
        { id = "s1", name = "Gone", criticality = "low", accesses_information = true, ict_product = true, cloud = true, develops_for_us = true,
          status = "terminated" },
        { id = "s2", name = "Baker", criticality = "low", status = "active" },
      },
      assets = {
        { id = "pc", name = "Laptop", type = "hardware", status = "lost", assigned_to = "ann" },
        { id = "old", name = "Old shop", type = "software", status = "disposed", critical = true, internet_facing = true, holds_personal_data = true },
      },
    },
    expect = { exclusions_hold = "pass" },
  },

  case "what is excluded needs no owner" {
    with = { soa = { { control = "A.7.10", owner = absent } } },
    expect = { inclusions_backed = { passes = true, population = 91 } },
  },
  case "nothing is included" {
    only = { soa = { { control = "A.7.10", applicable = false, justification = "No storage media are bought or used" } } },
    expect = { inclusions_backed = "unknown" },
  },
  case "whether it is implemented is no reason" {
    with = { soa = { { control = "A.5.2", status = absent } } },
    expect = { inclusions_backed = "pass" },
  },
  case "because of risks that are closed, or none" {
    with = {
      risks = { { id = "R-3", controls = { "A.5.2" } } },
      soa = { { control = "A.5.2", reasons = { "risk" } }, { control = "A.5.3", reasons = { "risk" } }, { control = "A.5.4", reasons = { "risk" } } },
    },
    add = { risk_controls = { { risk_id = "R-3", control = "A.5.3" }, { risk_id = "R-9", control = "A.5.4" } } },
    expect = { inclusions_backed = { "A.5.2", "A.5.3", "A.5.4" } },
  },
  case "because of a contract, or by custom" {
    with = { soa = { { control = "A.5.34", reasons = { "contract" } }, { control = "A.5.3", reasons = { "best_practice" } } } },
    expect = { inclusions_backed = "pass" },
  },
  case "because of a contract that asks for nothing here" {
    with = { soa = { { control = "A.5.2", reasons = { "contract" } } } },
    expect = { inclusions_backed = { "A.5.2" } },
  },
  case "a contract leads to it" {
    with = {
      soa = { { control = "A.5.2", reasons = { "contract" } } },
      interested_parties = { { id = "big", party = "Customer", kind = "customer", requirement = "Roles", basis = "contract", addressed_by = { "A.5.2" },
        identified_at = "2025-01-01", status = "active" } },
    },
    expect = { inclusions_backed = "pass" },
  },
  case "only a law of the past leads to it, or a standard" {
    with = {
      soa = { { control = "A.5.2", reasons = { "legal" } }, { control = "A.5.3", reasons = { "legal" } } },
      interested_parties = {
        { id = "old", party = "Authority", kind = "authority", requirement = "Roles", basis = "law", addressed_by = { "A.5.2" },
          identified_at = "2015-01-01", status = "withdrawn" },
        { id = "din", party = "Institute", kind = "other", requirement = "Duties", basis = "standard", addressed_by = { "A.5.3" },
          identified_at = "2025-01-01", status = "active" },
      },
    },
    expect = { inclusions_backed = { "A.5.2", "A.5.3" } },
  },

  case "closed risks need no plan" {
    risks = { ["R-1"] = { inherent = 20, residual = 8 }, ["R-2"] = { inherent = 9, residual = 6 }, ["R-3"] = { inherent = 20, residual = 20 } },
    expect = { risks_above_appetite_planned = { passes = true, population = 2 } },
  },
  case "all risks lie within the appetite" {
    risks = { ["R-1"] = { inherent = 20, residual = 4 }, ["R-2"] = { inherent = 9, residual = 4 } },
    expect = { risks_above_appetite_planned = "n_a" },
  },
  case "the plan is for another risk" {
    with = { treatments = { { id = "T-1", risk_id = "R-3" } } },
    expect = { risks_above_appetite_planned = { "R-2",
      message = "risk R-2 (Phishing) stands at 6, above the appetite of 4, without a treatment plan" } },
  },
  case "approved, but nobody knows when" {
    with = { treatments = { { id = "T-1", approved_at = absent } } },
    expect = { risks_above_appetite_planned = { "R-2",
      message = "the approval of treatment T-1 of risk R-2 (Phishing) has no date, or one in the future" } },
  },
  case "of several treatments the first is named" {
    with = { treatments = { { id = "T-1", owner = absent }, { id = "T-2", risk_id = "R-2", action = "Block macros", owner = "ann", approved_by = "eve",
      approved_at = "2026-03-01", due_at = "2026-12-01", status = "planned" } } },
    expect = { risks_above_appetite_planned = { "R-2", message = "nobody is to carry out treatment T-1 of risk R-2 (Phishing)" } },
  },
  case "only the risk names a control" {
    with = { treatments = { { id = "T-1", controls = absent } } },
    expect = { risks_above_appetite_planned = "pass" },
  },
  case "only a link does" {
    with = { risks = { { id = "R-2", controls = absent } }, treatments = { { id = "T-1", controls = absent } } },
    add = { risk_controls = { { risk_id = "R-2", control = "A.8.7" } } },
    expect = { risks_above_appetite_planned = "pass" },
  },
  case "only a treatment under way does" {
    with = { risks = { { id = "R-2", controls = absent } } },
    expect = { risks_above_appetite_planned = "pass" },
  },
  case "only a planned treatment does" {
    with = { risks = { { id = "R-2", controls = absent } }, treatments = { { id = "T-1", status = "planned" } } },
    expect = { risks_above_appetite_planned = "pass" },
  },
  case "only a treatment that is done does" {
    with = { risks = { { id = "R-2", controls = absent } }, treatments = { { id = "T-1", status = "done" } } },
    expect = { risks_above_appetite_planned = "pass" },
  },
  case "only cancelled treatments, or those of other risks, name controls" {
    with = {
      risks = { { id = "R-2", controls = absent } },
      treatments = {
        { id = "T-1", controls = absent },
        { id = "T-2", risk_id = "R-2", action = "Filter", controls = { "A.8.7" }, due_at = "2026-10-01", status = "cancelled" },
        { id = "T-3", risk_id = "R-3", action = "Sprinklers", controls = { "A.7.5" }, due_at = "2026-10-01", status = "planned" },
      },
    },
    expect = { risks_above_appetite_planned = { "R-2", message = "risk R-2 (Phishing) is to be modified, but by no control" } },
  },
  case "retained without any control" {
    with = { risks = { { id = "R-1", controls = absent } } },
    only = { risk_controls = {} },
    expect = { risks_above_appetite_planned = "pass" },
  },
  case "retained, accepted on no date" {
    with = { risks = { { id = "R-1", accepted_at = absent } } },
    expect = { risks_above_appetite_planned = { "R-1" } },
  },
  case "retained, accepted without an end" {
    with = { risks = { { id = "R-1", acceptance_expires_at = absent } } },
    expect = { risks_above_appetite_planned = "pass" },
  },

  case "retained, still open, and not accepted" {
    with = { risks = { { id = "R-1", status = "open", accepted_by = absent } } },
    expect = { acceptance_by_owner = { "R-1" } },
  },
  case "treated, and not accepted" {
    with = { risks = { { id = "R-2", status = "treated" } } },
    expect = { acceptance_by_owner = { "R-2" } },
  },
  case "a closed risk that was retained" {
    with = { risks = { { id = "R-3", treatment = "retain" } } },
    expect = { acceptance_by_owner = { passes = true, population = 1 } },
  },
  case "accepted by nobody, owned by nobody, on no date" {
    with = { risks = { { id = "R-1", owner = absent, accepted_by = absent, accepted_at = absent } } },
    expect = { acceptance_by_owner = { "R-1", message = "nobody has accepted what remains of risk R-1 (Ransomware)" } },
  },
  case "accepted on the day of the assessment" {
    with = { risks = { { id = "R-1", accepted_at = "2026-02-01" } } },
    expect = { acceptance_by_owner = "pass" },
  },
  case "accepted for as long as is allowed" {
    with = { risks = { { id = "R-1", acceptance_expires_at = "2027-03-01" } } },
    expect = { acceptance_by_owner = "pass" },
  },
  case "accepted at the tolerance" {
    risks = { ["R-1"] = { inherent = 20, residual = 16 }, ["R-2"] = { inherent = 9, residual = 6 } },
    expect = { acceptance_by_owner = "pass" },
  },
  case "without a tolerance none is exceeded" {
    with = { risk_criteria = { [1] = { tolerance = absent } } },
    expect = { acceptance_by_owner = "pass" },
  },
}
