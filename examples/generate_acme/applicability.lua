-- The Statement of Applicability: all 93 controls, each decided with a reason of its own.

local tools = require "generate_acme.tools"
local risk = require "generate_acme.risk"

local applicability = {}

-- What laws and contracts call for: the same that interested_parties.yaml says under addressed_by.
local LEGAL = { ["A.5.31"] = true, ["A.5.34"] = true, ["A.5.24"] = true, ["A.5.26"] = true, ["A.8.10"] = true, ["A.8.11"] = true, ["A.6.2"] = true,
  ["A.5.33"] = true, ["A.5.32"] = true }
local CONTRACT = { ["A.5.14"] = true, ["A.5.20"] = true, ["A.5.35"] = true, ["A.6.6"] = true, ["A.8.24"] = true, ["A.8.8"] = true, ["A.8.20"] = true,
  ["A.8.29"] = true, ["A.8.5"] = true, ["A.8.13"] = true, ["A.5.24"] = true, ["A.7.2"] = true }
local STATUS = { ["A.8.11"] = "planned", ["A.8.12"] = "planned", ["A.8.22"] = "partial", ["A.8.16"] = "partial", ["A.5.7"] = "partial" }

-- control, owner, why it is there, how it is done
local ROWS = {
  { "A.5.1", "P-0002", "People need rules to work by, and customers ask for them", "Security policy and some thirty topic papers" },
  { "A.5.2", "P-0002", "Without named roles nobody would answer for security", "Thirteen roles with duties and deputies" },
  { "A.5.3", "P-0004", "Payments and changes must take two people", "Conflicts of rights are kept in the catalogue" },
  { "A.5.4", "P-0001", "Managers decide whether their teams keep to the rules", "Part of every yearly talk with a manager" },
  { "A.5.5", "P-0012", "In an emergency the right number must be at hand", "List of authorities in the incident plan" },
  { "A.5.6", "P-0013", "We learn of attacks on firms like ours from others", "Member of two sharing groups" },
  { "A.5.7", "P-0013", "Attackers change faster than our yearly plans", "Weekly digest, not yet tied to detection rules" },
  { "A.5.8", "P-0021", "New products bring new risks before they go live", "Security questions at each project gate" },
  { "A.5.9", "P-0007", "One can only protect what one knows to have", "Inventory, compared with reality twice a year" },
  { "A.5.10", "P-0006", "Staff must know what they may do with our things", "Acceptable use policy, part of joining" },
  { "A.5.11", "P-0006", "Laptops and badges have to come back from leavers", "Return is ticked off in the leaver process" },
  { "A.5.12", "P-0007", "Not everything deserves the same protection", "Four levels from public to restricted" },
  { "A.5.13", "P-0007", "The level of a paper must be seen on it", "Templates carry the label" },
  { "A.5.14", "P-0013", "Customer contracts ask how their data travel", "Transfer standard and register of flows" },
  { "A.5.15", "P-0007", "Access follows the need of the work", "Access control policy and catalogue of rights" },
  { "A.5.16", "P-0007", "Each act must lead back to one person", "Identities start and end with the HR system" },
  { "A.5.17", "P-0016", "Stolen secrets open most doors", "Vault, second factor, no shared passwords" },
  { "A.5.18", "P-0007", "Rights pile up unless somebody looks after them", "Approval, half-yearly reviews, leavers closed the same day" },
  { "A.5.19", "P-0018", "Two dozen firms see or keep our information", "Assessment before the contract and every year" },
  { "A.5.20", "P-0012", "Customers make us pass their demands on to suppliers", "Security annex in every contract" },
  { "A.5.21", "P-0018", "Components of others run inside our products", "Bill of materials per release" },
  { "A.5.22", "P-0018", "A supplier that was good may grow worse", "Yearly review and watch on certificates" },
  { "A.5.23", "P-0008", "The shop and much of the office run in clouds", "Cloud policy and register of services" },
  { "A.5.24", "P-0020", "Incidents will come; insurer and law want us ready", "Plan, five playbooks, two exercises a year" },
  { "A.5.25", "P-0020", "Not each alarm is an incident", "Triage within the hour by fixed criteria" },
  { "A.5.26", "P-0020", "A breach must be told within three days", "Procedure with deadlines, on-call rota" },
  { "A.5.27", "P-0020", "The same mishap should not come twice", "Review after every serious incident" },
  { "A.5.28", "P-0013", "Claims need proof that stands up", "Evidence kit and log of custody" },
  { "A.5.29", "P-0005", "In a crisis people take short cuts", "Continuity plans name the measures that stay" },
  { "A.5.30", "P-0005", "The shop must be back within hours", "Recovery targets from the impact analysis" },
  { "A.5.31", "P-0012", "We are bound by laws of two countries", "Register of duties, checked twice a year" },
  { "A.5.32", "P-0012", "We build on the work of others", "Licence check in the pipeline" },
  { "A.5.33", "P-0012", "Tax and personnel files have to last", "Retention rules per kind of record" },
  { "A.5.34", "P-0012", "Orders hold names, addresses and habits", "Records of processing, impact assessments" },
  { "A.5.35", "P-0014", "Contracts promise that others look at our work", "Internal audit and certification body" },
  { "A.5.36", "P-0002", "Rules that nobody checks fade away", "Self-checks of each department twice a year" },
  { "A.5.37", "P-0016", "Operations must not hang on one head", "Operating notes per system" },
  { "A.6.1", "P-0006", "We hand people keys to valuable things", "Screening before the first day" },
  { "A.6.2", "P-0006", "Duties must be known before work begins", "Security terms in every work contract" },
  { "A.6.3", "P-0025", "Most attacks begin with a person", "Courses, campaigns, talks" },
  { "A.6.4", "P-0006", "Rules need a fair answer to breaches", "Steps agreed with the works council" },
  { "A.6.5", "P-0006", "Some duties last beyond the job", "Leaver talk and reminder of duties" },
  { "A.6.6", "P-0012", "Customers ask who signed for secrecy", "Agreements with staff, firms and guests" },
  { "A.6.7", "P-0006", "A third of us works from home", "Remote policy, encrypted devices" },
  { "A.6.8", "P-0020", "The first to see an attack is often in sales", "Report button and one address" },
  { "A.7.1", "P-0015", "Offices share buildings with other firms", "Reception, turnstiles, alarm" },
  { "A.7.2", "P-0015", "Only those who may should come in; landlords ask for a log", "Badges, visitor book, escorts" },
  { "A.7.3", "P-0015", "Meeting rooms face the corridor", "Blinds, lockable rooms" },
  { "A.7.4", "P-0015", "Nights and weekends nobody is there", "Cameras and alarm with a guard firm" },
  { "A.7.5", "P-0015", "The river in Bristol has flooded before", "Detectors, raised floors, drills" },
  { "A.7.6", "P-0007", "Work in the server room is delicate", "Rules at the door, two people" },
  { "A.7.7", "P-0015", "Cleaners and guests walk past desks", "Lockers, locking screens, walks" },
  { "A.7.8", "P-0007", "Heat and water harm machines", "Racks away from pipes, cooling" },
  { "A.7.9", "P-0007", "Laptops leave the house every day", "Encryption, tracking, travel rules" },
  { "A.7.10", false, "No removable media are used or kept; ports are closed on all devices and copies go over the network" },
  { "A.7.11", "P-0015", "A power cut stops the server room", "Battery and contract for a generator" },
  { "A.7.12", "P-0007", "Cables run through shared ducts", "Locked cabinets, marked patch fields" },
  { "A.7.13", "P-0007", "Old machines fail without care", "Maintenance plan per device" },
  { "A.7.14", "P-0007", "Old laptops hold old secrets", "Wiping with certificate by a recycler" },
  { "A.8.1", "P-0007", "All work ends on a laptop", "Device management, encryption" },
  { "A.8.2", "P-0007", "Administrators can do the most harm", "Separate accounts, quarterly review" },
  { "A.8.3", "P-0007", "Need to know holds for files too", "Groups per team, no open shares" },
  { "A.8.4", "P-0024", "The code is what we sell", "Protected branches, reviews" },
  { "A.8.5", "P-0016", "Passwords alone are lost too easily, says the insurer", "Second factor everywhere" },
  { "A.8.6", "P-0017", "Sales days bring ten times the load", "Forecast per quarter, scaling" },
  { "A.8.7", "P-0016", "Malware arrives every single week", "Agent on each device and server" },
  { "A.8.8", "P-0013", "Known weaknesses are used within days", "Monthly scans, deadlines by severity" },
  { "A.8.9", "P-0017", "Settings drift unless they are watched", "Baselines in code, daily posture scan" },
  { "A.8.10", "P-0012", "The law wants data gone in time", "Deletion jobs per retention rule" },
  { "A.8.11", "P-0021", "Analysts need figures, not names", "Masking in the warehouse this year" },
  { "A.8.12", "P-0013", "Data leave by mail, chat and browser", "Watch on exports this year" },
  { "A.8.13", "P-0016", "Without copies an attack would end us", "Seven jobs, a copy out of reach, trials" },
  { "A.8.14", "P-0017", "One failed node must not be felt", "Two zones for the shop" },
  { "A.8.15", "P-0020", "What is not logged cannot be explained", "Central log, a year of retention" },
  { "A.8.16", "P-0020", "Attacks show in behaviour first", "Detection rules, weekdays only so far" },
  { "A.8.17", "P-0016", "Logs of different clocks tell no story", "One time source for all" },
  { "A.8.18", "P-0016", "Some tools get round every control", "Few tools, use on ticket" },
  { "A.8.19", "P-0016", "Unknown programs bring unknown guests", "Approved list, no rights to install" },
  { "A.8.20", "P-0016", "Card schemes and sense ask for it", "Firewalls, reviewed twice a year" },
  { "A.8.21", "P-0016", "Lines are run by others for us", "Security in line contracts" },
  { "A.8.22", "P-0016", "An infection should stay where it starts", "Guests apart; zones in the making" },
  { "A.8.23", "P-0016", "Bad sites lure good people", "Filter on all devices" },
  { "A.8.24", "P-0013", "Contracts ask for state of the art", "Standard for algorithms and keys" },
  { "A.8.25", "P-0024", "Safe products begin with the plan", "Security steps in the life cycle" },
  { "A.8.26", "P-0021", "What is not asked for is not built", "List of requirements per product" },
  { "A.8.27", "P-0024", "Old mistakes return in new designs", "Principles and design reviews" },
  { "A.8.28", "P-0024", "Small slips in code open doors", "Rules, linters, review by a second" },
  { "A.8.29", "P-0024", "Card schemes want tests before release", "Tests in the pipeline, yearly attack" },
  -- planted: a firm does develop for us (SUP-014)
  { "A.8.30", false, "All software is designed, written and tested by our own employees, so no development is given to other firms" },
  { "A.8.31", "P-0017", "Tests must not touch customers", "Accounts of their own for staging" },
  { "A.8.32", "P-0016", "Most outages were of our own making", "Change records with approval and way back" },
  { "A.8.33", "P-0024", "Test data may be stolen as well", "Made-up data, copies on approval only" },
  { "A.8.34", "P-0014", "Auditors should do no harm", "Read-only access, agreed times" },
}

local function reasons_of(control, by_risk)
  local reasons = {}
  if by_risk[control] then reasons[#reasons + 1] = "risk" end
  if LEGAL[control] then reasons[#reasons + 1] = "legal" end
  if CONTRACT[control] then reasons[#reasons + 1] = "contract" end
  if #reasons == 0 then reasons[1] = control:match("^A%.[57]") and "business" or "best_practice" end
  return reasons
end

function applicability.write()
  local by_risk, records = risk.controls(), {}
  for i, row in ipairs(ROWS) do
    local applicable = row[2] ~= false
    records[i] = { control = row[1], applicable = applicable, justification = row[3], version = "7.0", approved_by = "P-0001", approved_at = "2026-05-18" }
    if applicable then
      records[i].reasons, records[i].status = reasons_of(row[1], by_risk), STATUS[row[1]] or "implemented"
      records[i].owner, records[i].implementation = row[2], row[4]
    end
  end
  tools.yaml("registers/soa.yaml", "soa", "The Statement of Applicability, version 7.0: all 93 controls.", { "control", "applicable", "justification",
    "reasons", "status", "owner", "implementation", "version", "approved_by", "approved_at" }, records)
end

return applicability
