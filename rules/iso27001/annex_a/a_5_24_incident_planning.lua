-- A.5.24 Incident planning: procedures, people and means are ready, known and rehearsed before an incident.
local checks = require "checks"

local PLANS = { "incident_response", "playbook", "crisis_communication" }
-- Those of them that a team runs.
local TEAM_PLANS = { "incident_response", "crisis_communication" }

local function active_plans(isms, kinds)
  return isms.response_plans:where{ kind = kinds, status = "active" }
end

local function team_plans(isms)
  return active_plans(isms, TEAM_PLANS)
end

local function responders(plan)
  return checks.join({ plan.owner }, { plan.deputy }, plan.team)
end

local function latest_exercise(plan)
  local latest
  for _, exercise in ipairs(checks.exercises_of(plan)) do
    if exercise.kind ~= "call_test" then latest = exercise end
  end
  return latest
end

return rule "A.5.24" {
  title = "Information security incident management planning and preparation",
  intent = "Procedures, people and means for incidents are ready, known and rehearsed before one happens.",
  needs = {
    "documents", "response_plans", "exercises", "people", "trainings", "incidents",
    "improvements?", "nonconformities?", "treatments?", "changes?",
  },
  params = {
    policy_review_interval = {
      default = "365 d",
      meaning = "longest time between two reviews of the incident procedure",
    },
    plan_review_interval = { default = "365 d", meaning = "longest time between two reviews of a plan or playbook" },
    required_scenarios = {
      default = { "malware", "phishing", "data_breach", "outage", "misuse" }, unit = "words",
      meaning = "scenarios that need a plan or playbook in every organisation",
    },
    contacts_interval = { default = "180 d", meaning = "longest time since the numbers in a plan were last tried" },
    min_team = {
      default = 2, unit = "people",
      meaning = "least number of engaged people behind an incident plan with owner and deputy counted",
    },
    training_interval = { default = "365 d", meaning = "longest time between two trainings in incident handling" },
    joining_grace = { default = "60 d", meaning = "time after joining within which that training may still be open" },
    trained_share = {
      default = 90, unit = "percent",
      meaning = "share of the response team that must be trained",
    },
    exercise_interval = { default = "365 d", meaning = "longest time between two exercises of a plan" },
    attendance = {
      default = 50, unit = "percent",
      meaning = "share of a plan's team that must have taken part in an exercise",
    },
    fix_within = { default = "90 d", meaning = "time to clear the findings of an exercise" },
    lookback = { default = "365 d", meaning = "length of the period judged" },
  },

  check "procedure_in_force" {
    question = "Is it laid down how incidents are reported, judged, handled and closed?",
    tests = "design", severity = "major", weight = 2,
    holds = policy_in_force "incident",
    message = "no incident procedure is in force: {why}",
    remedy = "Write one procedure from report to lessons, with levels, deadlines and who decides, "
      .. "and have it approved.",
  },

  check "scenarios_planned" {
    question = "Is there a plan or playbook for what is likely to happen?",
    tests = "design", severity = "minor", weight = 2,
    over = function(isms, params)
      local met = isms.incidents:where{ severity = { "high", "critical" } }
        :where(function(incident) return checks.in_period(incident.detected_at) end)
      return checks.distinct(checks.join(params.required_scenarios, met:unique "category"))
    end,
    expect = function(scenario, isms)
      return checks.alike(isms.response_plans, "scenarios", scenario)
        :any{ kind = { "incident_response", "playbook" }, status = "active" }
    end,
    empty = "not_applicable",
    message = "no plan or playbook covers {word}",
    remedy = "Write a short playbook with first steps, decisions, contacts and evidence to keep.",
  },

  check "plans_in_force" {
    question = "Are the plans approved, reviewed, at hand in an outage, and their contacts tried?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms)
      return active_plans(isms, PLANS)
    end,
    expect = {
      checks.plan_in_force,
      says("its document is not published", one_of("document_id.status", "published")),
      given(none_of("kind", "playbook"),
        says("there is no copy of it outside the systems", is_true "offline_copy"),
        says("its contacts were last tried {days} ago", reviewed_within("contacts_verified_at", "contacts_interval"))),
    },
    empty = "lacks_evidence",
    missing = {
      approved_by = "plan {title} is used without approval",
      approved_at = "approval of plan {title} carries no date",
      document_id = "plan {title} leads to no document",
      offline_copy = "it is not recorded whether plan {title} can be reached in an outage",
      contacts_verified_at = "the contacts in plan {title} were never tried",
    },
    message = "plan {title} cannot be relied upon: {why}",
    remedy = "Review and approve the plan, try its numbers, "
      .. "and keep a copy where an attacker or an outage does not reach it.",
  },

  check "team_present" {
    question = "Are enough of the people named in the plans still here, with a deputy for the lead?",
    tests = "operation", severity = "major", weight = 3,
    over = team_plans,
    expect = {
      says("its owner {owner} is not here", engaged "owner"),
      says("the deputy {deputy} is not here", engaged "deputy"),
      says("owner and deputy are the same person", never_self("deputy", "owner")),
      has_items "team",
      says("{other} of its team is not here", function(plan)
        for _, person in ipairs(plan.team) do
          if not checks.engaged(person) then return false, { other = person } end
        end
        return true
      end),
      says("{n} people stand behind it, at least {limit} must", function(plan, _, params)
        local n = #checks.distinct(responders(plan))
        return n >= params.min_team, { n = n, limit = params.min_team }
      end),
    },
    empty = "lacks_evidence",
    missing = {
      deputy = "plan {title} has no deputy for its lead",
      team = "plan {title} names no team",
    },
    message = "the team of plan {title} is not complete: {why}",
    remedy = "Replace people who left, and make the plans a step of the leaver process.",
  },

  check "team_trained" {
    question = "Have the responders been trained in handling incidents lately?",
    tests = "operation", severity = "minor", weight = 3,
    over = function(isms, params)
      local named = {}
      for plan in active_plans(isms, PLANS):each() do
        for _, person in ipairs(responders(plan)) do named[person.id] = true end
      end
      for incident in isms.incidents:each() do
        if checks.in_period(incident.detected_at) then named[incident.handler_id or ""] = true end
      end
      return isms.people:where(function(person)
        return named[person.id] and checks.engaged(person) and person.start_date + params.joining_grace < isms.as_of
      end)
    end,
    expect = any_of(
      function(person, isms, params)
        return isms.trainings:where{ person_id = person }:any(function(training)
          return checks.holds(training.topics, "incident") and training.passed ~= false
            and checks.within(training.completed_at, params.training_interval)
        end)
      end,
      function(person, isms, params)
        return isms.exercises:where{ participants = person, kind = { "simulation", "full", "activation" } }
          :any(function(exercise)
            return checks.held_exercise(exercise) and checks.within(exercise.performed_at, params.training_interval)
          end)
      end),
    at_least = "trained_share",
    empty = "lacks_evidence",
    message = "{name} is to handle incidents and had neither training "
      .. "nor a practical exercise within {training_interval}",
    remedy = "Train the responders yearly, with hands-on parts for those who work on systems.",
  },

  check "plans_exercised" {
    question = "Was each incident plan rehearsed with the people who would run it, and was the result judged?",
    tests = "operation", severity = "major", weight = 4,
    over = team_plans,
    expect = {
      says("it was not rehearsed within {limit}", function(plan, _, params)
        return checks.within(latest_exercise(plan).performed_at, params.exercise_interval),
          { limit = params.exercise_interval }
      end),
      says("{share} of its team took part in {other}, at least {limit} % must", function(plan, _, params)
        local exercise, present = latest_exercise(plan), 0
        for _, person in ipairs(plan.team) do
          if checks.has(exercise.participants, person) then present = present + 1 end
        end
        local share = checks.share(present, #plan.team)
        return share >= params.attendance, { share = share, limit = params.attendance, other = exercise }
      end),
      says("{other} had no scenario or no objectives", function(plan)
        local exercise = latest_exercise(plan)
        return exercise.scenario ~= nil and exercise.objectives >= 1, { other = exercise }
      end),
      says("{other} is said to have met more objectives than it had, or not how many", function(plan)
        local exercise = latest_exercise(plan)
        return exercise.objectives_met <= exercise.objectives, { other = exercise }
      end),
      says("nobody but its leader judged {other}", function(plan)
        local exercise = latest_exercise(plan)
        return exercise.kind == "activation" or checks.never_self(exercise.evaluated_by, exercise.led_by),
          { other = exercise }
      end),
      says("there is no report on {other}", function(plan, isms)
        local exercise = latest_exercise(plan)
        return exercise.report_at >= exercise.performed_at and exercise.report_at <= isms.as_of, { other = exercise }
      end),
      says("{other}, planned for {exercises.planned_at}, was not held", function(plan, isms, params)
        local put_off = isms.exercises:where{ plan_ids = plan, status = "planned" }
          :first(function(exercise) return exercise.planned_at + params.fix_within < isms.as_of end)
        return put_off == nil, { other = put_off }
      end),
    },
    empty = "lacks_evidence",
    message = "plan {title} is not proven: {why}",
    remedy = "Rehearse the plan with its team by a scenario, let somebody else judge it, "
      .. "and write down what was shown.",
  },

  check "exercise_findings_cleared" {
    question = "Did exercises lead to improvements that were carried out?",
    tests = "operation", severity = "minor", weight = 3,
    over = function(isms, params)
      local function of_incident_plan(exercise)
        for _, plan in ipairs(exercise.plans) do
          if checks.word_in(plan.kind, PLANS) then return true end
        end
      end
      return isms.exercises:where{ status = "done" }:where(function(exercise)
        return checks.held_exercise(exercise) and checks.in_period(exercise.performed_at)
          and exercise.performed_at + params.fix_within < isms.as_of
          and (exercise.findings == nil or exercise.findings > 0 or exercise.objectives_met < exercise.objectives)
          and of_incident_plan(exercise)
      end)
    end,
    expect = {
      filled "findings",
      given(function(exercise) return exercise.objectives_met < exercise.objectives end,
        says("it missed objectives and names no finding", at_least("findings", 1))),
      says("they were closed after {days}, allowed are {fix_within}",
        timely("performed_at", "findings_closed_at", "fix_within")),
      function(exercise) return checks.finished(exercise.improvement_ids) end,
    },
    empty = "not_applicable",
    missing = {
      findings = "exercise {title} does not say how much was found",
      findings_closed_at = "findings of exercise {title} are still open after {days}",
      improvement_ids = "exercise {title} had {findings} findings and led to no improvement",
    },
    message = "findings of exercise {title} were not dealt with: {why}",
    remedy = "Carry out the improvements, and repeat the part of the exercise that failed.",
  },
}
