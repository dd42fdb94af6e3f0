-- A.5.18 Access rights: given on approval, fitted when people move, reviewed in earnest, gone when people leave.
local checks = require "checks"

-- What the evidence shows to have been open on that day; nothing that is not said to have come later.
local function open_on(account, day)
  if account.created_at ~= nil and account.created_at > day then return false end
  return account.status == "active" or account.status == "locked" or account.disabled_at > day
end

local function reviews_of(system, isms, scopes)
  return checks.alike(isms.access_reviews, "system", system):where{ scope = scopes }
end

return rule "A.5.18" {
  title = "Access rights",
  intent = "Rights are given on approval, fitted when people move, reviewed in earnest, and gone when people leave.",
  needs = { "accounts", "people", "access_grants", "access_reviews", "identity_events", "entitlements?" },
  params = {
    lookback = { default = "365 d", meaning = "length of the period judged" },
    revoke_within = { default = "1 d", meaning = "time allowed to disable a leaver's accounts" },
    move_within = { default = "10 d", meaning = "time to fit the rights of someone who changed jobs" },
    expiry_grace = { default = "1 d", meaning = "time to remove a right after its end date" },
    review_interval = { default = "365 d", meaning = "longest time between two full reviews of a system" },
    privileged_review_interval = {
      default = "105 d",
      meaning = "longest time between two reviews of a system's privileged accounts",
    },
    scope_share = {
      default = 95, unit = "percent",
      meaning = "share of a system's accounts that a full review must have in scope",
    },
    changes_within = { default = "14 d", meaning = "time to carry out what a review found" },
    export_age = { default = "45 d", meaning = "age up to which an export tells the present state" },
  },

  check "leavers_revoked" {
    question = "Are the accounts of people who left disabled in time?",
    tests = "operation", severity = "major", weight = 5,
    fresh = { accounts = "export_age" },
    over = function(isms, params)
      return isms.accounts:where{ kind = "human" }:where(function(account)
        local last_day = account.person.end_date
        return last_day + params.revoke_within < isms.as_of
          and (account.status == "active" or account.status == "locked" or checks.in_period(last_day))
      end)
    end,
    expect = {
      function(account, isms)
        return account.status == "disabled" or account.status == "deleted",
          { days = isms.as_of - account.person.end_date }
      end,
      function(account, _, params)
        local last_day = account.person.end_date
        return account.disabled_at <= last_day + params.revoke_within, { days = account.disabled_at - last_day }
      end,
      function(account)
        local last_day = account.person.end_date
        return account.last_login_at == nil or account.last_login_at <= last_day,
          { days = account.last_login_at - last_day }
      end,
    },
    empty = "not_applicable",
    missing = { disabled_at = "{username} on {system} is {status}, but nothing shows since when" },
    message = "{username} on {system} was open or used {days} after {person} left",
    remedy = "Disable the account, look at what was done with it since, and find out why the leaver process missed it.",
  },

  check "grants_approved" {
    question = "Was each right approved by somebody entitled to, and never by those who asked or got it?",
    tests = "operation", severity = "major", weight = 4,
    over = function(isms)
      return isms.access_grants:where(function(grant)
        return checks.in_period(grant.granted_at) and grant.account.kind == "human"
      end)
    end,
    expect = {
      says("the approver asked for it", never_self("approved_by", "requested_by")),
      says("the approver got it", never_self("approved_by", "account.person_id")),
      says("the approver was not with the organisation then", engaged("approved_by", "granted_at")),
      says("the approver is not among those whom the catalogue names", function(grant)
        local right, approver = checks.catalogued(grant), grant.approved_by
        return right == nil or approver == right.owner or checks.has(right.approvers, approver)
          or not right.privileged and approver == grant.account.person.manager
      end),
    },
    empty = "lacks_evidence",
    values = function(grant)
      return { person = grant.account.person }
    end,
    missing = { approved_by = "{entitlement} on {system} was given to {person} without approval" },
    message = "approval of {entitlement} on {system} for {person} does not count: {why}",
    remedy = "Let the right's owner confirm or revoke it; have the tool refuse self-approval.",
  },

  check "movers_fitted" {
    question = "Do people who change jobs lose the rights of the old one in time?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms, params)
      return isms.identity_events:where{ kind = "mover", status = { "open", "in_progress", "done" } }
        :where(function(move)
          return checks.in_period(move.effective_at) and move.effective_at + params.move_within < isms.as_of
        end)
    end,
    expect = {
      function(move, _, params)
        return move.rights_reviewed_at <= move.effective_at + params.move_within
      end,
      function(move, isms)
        local person = move.person
        local function of_the_old_job(grant)
          local departments = checks.catalogued(grant).departments
          return grant.granted_at < move.effective_at and checks.held(grant)
            and #departments > 0 and not checks.holds(departments, person.department)
        end
        return person == nil or not isms.accounts:where{ person_id = person }:any(function(account)
          return isms.access_grants:where{ account_id = account }:any(of_the_old_job)
        end)
      end,
    },
    empty = "not_applicable",
    missing = { rights_reviewed_at = "rights of {person}, who moved on {effective_at}, were not gone through" },
    message = "{person} moved on {effective_at} and kept rights of the old job, or they were gone through late",
    remedy = "Revoke the old rights; start every move from the new job's rights.",
  },

  check "expired_rights_removed" {
    question = "Are temporary rights gone when their time is up?",
    tests = "operation", severity = "minor", weight = 2,
    over = function(isms, params)
      return isms.access_grants:where(function(grant)
        return checks.in_period(grant.expires_at) and grant.expires_at + params.expiry_grace < isms.as_of
      end)
    end,
    expect = function(grant, _, params)
      local limit = grant.expires_at + params.expiry_grace
      return grant.revoked_at <= limit or grant.account.disabled_at <= limit, { limit = limit }
    end,
    empty = "not_applicable",
    message = "{entitlement} on {system} ended on {expires_at}, but its removal is late or not recorded",
    remedy = "Revoke it, and let the system enforce end dates.",
  },

  check "systems_reviewed" {
    question = "Were the rights on each system reviewed within the planned interval?",
    tests = "operation", severity = "major", weight = 4,
    over = function(isms)
      return checks.each_different(isms.accounts:where{ status = "active" }, "system")
    end,
    expect = {
      function(system, isms, params)
        local reviews = reviews_of(system.key, isms, "all")
        local recent, newest = checks.recent(reviews, "performed_at", params.review_interval)
        return recent, { days = isms.as_of - newest.performed_at }
      end,
      function(system, isms, params)
        if not system.members:any{ privileged = true } then return true end
        local reviews = reviews_of(system.key, isms, { "all", "privileged" })
        local recent, newest = checks.recent(reviews, "performed_at", params.privileged_review_interval)
        return recent, { days = isms.as_of - newest.performed_at }
      end,
    },
    empty = "lacks_evidence",
    message = "rights on {system} were never reviewed, or last {days} ago",
    remedy = "Review the system with its owner and set the next date.",
  },

  check "reviews_in_earnest" {
    question = "Are the reviews complete and believable?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms, params)
      return isms.access_reviews:where(function(review)
        return review.performed_at >= isms.as_of - params.lookback
      end)
    end,
    expect = {
      not_future "performed_at",
      says("{reviewer} was not with the organisation then", engaged("reviewer", "performed_at")),
      says("it had no account in scope", at_least("accounts_in_scope", 1)),
      says("only {accounts_reviewed} of {accounts_in_scope} accounts in scope were reviewed", function(review)
        return review.accounts_reviewed >= review.accounts_in_scope
      end),
      says("it had {accounts_in_scope} accounts in scope, {n} were there", function(review, isms, params)
        if review.scope ~= "all" then return true end
        local there = checks.alike(isms.accounts, "system", review.system)
          :count(function(account) return open_on(account, review.performed_at) end)
        return review.accounts_in_scope >= there * params.scope_share / 100, { n = there }
      end),
      says("it found nothing to change, but {value} of a leaver was still open", function(review, isms)
        local overlooked = checks.alike(isms.accounts, "system", review.system):first(function(account)
          return account.person.end_date < review.performed_at and open_on(account, review.performed_at)
        end)
        return overlooked == nil or review.changes_required > 0, { value = overlooked.id }
      end),
    },
    empty = "lacks_evidence",
    message = "review {id} of {system} on {performed_at} is not credible: {why}",
    remedy = "Repeat the review from a fresh export of the system.",
  },

  check "review_findings_done" {
    question = "Was what the reviews found carried out in time?",
    tests = "operation", severity = "major", weight = 3,
    over = function(isms, params)
      return isms.access_reviews:where(function(review)
        return review.changes_required > 0 and checks.in_period(review.performed_at)
          and review.performed_at + params.changes_within < isms.as_of
      end)
    end,
    expect = {
      timely("performed_at", "changes_done_at", "changes_within"),
      follows("performed_at", "changes_done_at"),
    },
    empty = "not_applicable",
    values = function(review)
      return { days = review.changes_done_at - review.performed_at }
    end,
    missing = { changes_done_at = "{changes_required} changes found on {system} on {performed_at} are still open" },
    message = "changes found on {system} on {performed_at} were carried out after {days}",
    remedy = "Carry out the changes and attach the tickets to the review.",
  },
}
