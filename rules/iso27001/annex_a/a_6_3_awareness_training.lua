-- A.6.3 Awareness, education and training: people learn what their work asks, in time and again, and it shows.
local checks = require "checks"

local FELL = { "clicked", "credentials_given" }

local function mandatory_courses(isms)
  return isms.courses:where{ status = "active", mandatory = true }
end

-- Time that newcomers have for a course.
local function joining_time(course, params)
  return course.joiner_within or params.joiner_default
end

local function records_of(pair, isms)
  return isms.trainings:where{ person_id = pair.person, course = pair.record.course }
end

local function course_of(training, isms)
  return isms.courses:first{ course = training.course }
end

-- Each course with each person of its audience who meets the condition.
local function pairs_of(courses, people, wanted)
  local found = {}
  for course in courses:each() do
    for person in people:each() do
      if wanted(course, person) and checks.in_course_audience(person, course) then
        table.insert(found, { record = course, person = person, other = person })
      end
    end
  end
  return found
end

local function engaged_people(isms)
  return isms.people:where(function(person) return checks.engaged(person) end)
end

local function simulated_in_period(results)
  return results:where(function(result) return checks.in_period(result.sent_at) end)
end

local function fallen_share(campaign)
  return checks.share(campaign.members:count{ outcome = FELL }, #campaign.members)
end

-- How many campaigns the period had, and what share of engaged people with an account they reached together.
local function simulations(isms)
  local people, reached = 0, 0
  for person in engaged_people(isms):each() do
    if isms.accounts:where{ person_id = person }:any{ kind = "human", status = "active" } then
      people = people + 1
      if simulated_in_period(isms.phishing_results:where{ person_id = person }):any() then reached = reached + 1 end
    end
  end
  local campaigns = simulated_in_period(isms.phishing_results):unique "campaign"
  return { campaigns = #checks.distinct(campaigns), reach = checks.share(reached, people) }
end

return rule "A.6.3" {
  title = "Information security awareness, education and training",
  intent = "People learn what their work asks of them, in time and again and again, and it shows in what they do.",
  needs = { "people", "courses", "trainings", "accounts", "organization", "phishing_results?" },
  params = {
    lookback = { default = "365 d", meaning = "length of the period judged" },
    required_topics = {
      default = { "information_security", "incident", "acceptable_use", "passwords", "malware", "classification" },
      unit = "topics", meaning = "subjects that mandatory courses must teach",
    },
    content_life = { default = "365 d", meaning = "longest time between two updates of a course" },
    joiner_default = { default = "30 d", meaning = "time for newcomers where the course states none" },
    joiner_share = {
      default = 95, unit = "percent",
      meaning = "share of newcomers that must be trained in time",
    },
    repeat_grace = { default = "30 d", meaning = "delay allowed when a course is to be repeated" },
    trained_share = {
      default = 95, unit = "percent",
      meaning = "share of the audience whose training must be up to date",
    },
    stamp_share = {
      default = 60, unit = "percent",
      meaning = "share of completions at one and the same date that looks like a bulk entry",
    },
    stamp_min = {
      default = 20, unit = "completions",
      meaning = "number of completions from which that share is judged",
    },
    campaigns = { default = 2, unit = "campaigns", meaning = "fewest phishing simulations in the period" },
    reach_share = {
      default = 80, unit = "percent",
      meaning = "share of present people with an account that the campaigns together must reach",
    },
    fall_limit = {
      default = 10, unit = "percent",
      meaning = "share of recipients of a campaign that may click or give credentials away",
    },
    report_share = {
      default = 20, unit = "percent",
      meaning = "share of recipients of a campaign that should report it",
    },
    coach_within = { default = "30 d", meaning = "time to coach those who fell for a simulation" },
  },

  check "programme_teaches_it" {
    question = "Do current mandatory courses teach the subjects that matter here?",
    tests = "design", severity = "major", weight = 2,
    over = function(isms, params)
      local organization = isms.organization
      local somebody_remote = isms.people:where{ remote_worker = true }
        :any(function(person) return checks.engaged(person) end)
      return checks.with(params.required_topics,
        { "privacy", organization.handles_personal_data },
        { "secure_coding", organization.develops_software },
        { "remote_working", somebody_remote })
    end,
    expect = function(topic, isms, params)
      return checks.alike(isms.courses, "topics", topic):where{ status = "active", mandatory = true }
        :any(function(course)
          return checks.engaged(course.owner) and checks.within(course.content_updated_at, params.content_life)
        end)
    end,
    empty = "not_applicable",
    message = "no current mandatory course teaches {word}",
    remedy = "Add the subject to a course, update its contents, and name who keeps it up to date.",
  },

  check "audience_assigned" {
    question = "Was every course assigned to everybody it is meant for?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms, params)
      return pairs_of(mandatory_courses(isms), engaged_people(isms), function(course, person)
        return person.start_date + joining_time(course, params) < isms.as_of
      end)
    end,
    expect = function(pair, isms)
      return records_of(pair, isms):where{ mandatory = true }:any(function(training)
        return training.assigned_at <= isms.as_of or training.completed_at <= isms.as_of
      end)
    end,
    at_least = "trained_share",
    empty = "lacks_evidence",
    message = "{person} belongs to the audience of {course} and was never given it",
    remedy = "Feed the learning platform from the HR system, contractors included.",
  },

  check "newcomers_trained" {
    question = "Do newcomers complete their courses in time?",
    tests = "operation", severity = "major", weight = 4,
    over = function(isms, params)
      local newcomers = isms.people:where(function(person) return checks.in_period(person.start_date) end)
      return pairs_of(mandatory_courses(isms), newcomers, function(course, person)
        local limit = person.start_date + joining_time(course, params)
        return limit < isms.as_of and (person.end_date == nil or person.end_date > limit)
      end)
    end,
    expect = function(pair, isms, params)
      local limit = pair.person.start_date + joining_time(pair.record, params)
      return records_of(pair, isms):any(function(training)
        return training.completed_at <= limit and training.passed ~= false
      end), { limit = limit }
    end,
    at_least = "joiner_share",
    empty = "not_applicable",
    message = "{person} started on {start_date} and did not complete {course} in time",
    remedy = "Have the training done in the first week, and hold back further access until then.",
  },

  check "training_repeated" {
    question = "Is everyone's training up to date?",
    tests = "operation", severity = "major", weight = 5,
    over = function(isms, params)
      local repeated = mandatory_courses(isms):where(function(course) return course.repeat_every ~= nil end)
      return pairs_of(repeated, engaged_people(isms), function(course, person)
        return person.start_date + joining_time(course, params) < isms.as_of
      end)
    end,
    expect = function(pair, isms, params)
      local passed = records_of(pair, isms):where(function(training) return training.passed ~= false end)
      local recent, newest = checks.recent(passed, "completed_at", pair.record.repeat_every + params.repeat_grace)
      return recent, { days = isms.as_of - newest.completed_at }
    end,
    at_least = "trained_share",
    empty = "lacks_evidence",
    message = "{person} last completed {course} {days} ago, or never",
    remedy = "Let managers chase their teams, and tie privileged access to valid training.",
  },

  check "results_genuine" {
    question = "Do the completions show that something was learnt?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms, params)
      return isms.trainings:where{ mandatory = true }
        :where(function(training) return training.completed_at >= isms.as_of - params.lookback end)
    end,
    expect = {
      not_future "completed_at",
      says("it was assigned later, on {assigned_at}", in_order("assigned_at", "completed_at")),
      says("{person} joined later, on {start_date}", follows("person.start_date", "completed_at")),
      says("there is no such course", function(training, isms)
        return course_of(training, isms) ~= nil
      end),
      given(function(training, isms) return course_of(training, isms).pass_mark ~= nil end,
        filled "score",
        says("passed with a score of {score}, where {limit} are asked", function(training, isms)
          local pass_mark = course_of(training, isms).pass_mark
          return training.passed ~= true or training.score >= pass_mark, { limit = pass_mark }
        end)),
      not_stamped("trainings", "completed_at", "stamp_share", "stamp_min"),
    },
    empty = "lacks_evidence",
    missing = { score = "{person} completed {course} without the test that belongs to it" },
    message = "completion of {course} by {person} on {completed_at} is not credible: {why}",
    remedy = "Take completions from the learning platform, with score, rather than from attendance lists.",
  },

  check "falls_coached" {
    question = "Are people who fall for a simulated attack coached in time?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms, params)
      return isms.phishing_results:where{ outcome = FELL }:where(function(result)
        local limit, last_day = result.sent_at + params.coach_within, result.person.end_date
        return checks.in_period(result.sent_at) and limit < isms.as_of and (last_day == nil or last_day > limit)
      end)
    end,
    expect = {
      timely("sent_at", "follow_up_at", "coach_within"),
      in_order("sent_at", "follow_up_at"),
    },
    empty = "not_applicable",
    values = function(result)
      return { days = result.follow_up_at - result.sent_at }
    end,
    missing = { follow_up_at = "{person} fell for {campaign} ({outcome}) and was not coached" },
    message = "{person} fell for {campaign} and was coached only after {days}",
    remedy = "Coach in a friendly way and at once, best by a short lesson that follows the click.",
  },

  check "behaviour_holds" {
    question = "Do people recognise and report attacks?",
    tests = "operation", severity = "minor", weight = 3,
    over = function(isms)
      return checks.each_different(simulated_in_period(isms.phishing_results), "campaign")
    end,
    expect = {
      says("at most {limit} % may fall for it", function(campaign, _, params)
        return fallen_share(campaign) <= params.fall_limit, { limit = params.fall_limit }
      end),
      says("less than {limit} % reported it", function(campaign, _, params)
        local reports = campaign.members:count(function(result) return result.reported_at >= result.sent_at end)
        return checks.share(reports, #campaign.members) >= params.report_share, { limit = params.report_share }
      end),
      says("the period had {value} campaigns, at least {limit} are asked", function(_, isms, params)
        local campaigns = checks.once(simulations, isms).campaigns
        return campaigns >= params.campaigns, { value = campaigns, limit = params.campaigns }
      end),
      says("all campaigns together reached less than {limit} % of the people", function(_, isms, params)
        return checks.once(simulations, isms).reach >= params.reach_share, { limit = params.reach_share }
      end),
    },
    empty = "lacks_evidence",
    values = function(campaign)
      return { campaign = campaign.key, n = #campaign.members, share = fallen_share(campaign) }
    end,
    message = "{campaign}: {share} of {n} recipients fell for it or too few reported it - {why}",
    remedy = "Repeat the training on this kind of attack, make reporting easier, "
      .. "and look at technical protection of mail.",
  },
}
