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
}
