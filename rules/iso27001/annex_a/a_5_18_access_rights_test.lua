-- Ann owns the CRM and manages Ben, who moved to sales on 2026-05-01; Cat left on 2026-03-31.
return test "A.5.18" {
  as_of = "2026-06-30",
  baseline = {
    people = {
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01" },
      { id = "ben", name = "Ben", kind = "employee", start_date = "2021-01-01", manager_id = "ann",
        department = "Sales" },
      { id = "cat", name = "Cat", kind = "employee", start_date = "2021-01-01", end_date = "2026-03-31" },
      { id = "dan", name = "Dan", kind = "employee", start_date = "2021-01-01", manager_id = "ann" },
    },
    accounts = {
      { id = "ann@crm", system = "CRM", username = "ann", person_id = "ann", kind = "human", privileged = true,
        status = "active", created_at = "2020-01-02T09:00:00Z" },
      { id = "ben@crm", system = "CRM", username = "ben", person_id = "ben", kind = "human", privileged = false,
        status = "active", created_at = "2021-01-02T09:00:00Z" },
      { id = "cat@crm", system = "crm", username = "cat", person_id = "cat", kind = "human", privileged = false,
        status = "disabled", created_at = "2021-01-02T09:00:00Z", disabled_at = "2026-04-01T17:00:00Z",
        last_login_at = "2026-03-31T16:00:00Z" },
    },
    access_grants = {
      { account_id = "ben@crm", system = "CRM", entitlement = "editor", requested_by = "ben", approved_by = "ann",
        granted_at = "2026-05-02T09:00:00Z" },
      { account_id = "ben@crm", system = "CRM", entitlement = "buyer", requested_by = "ben", approved_by = "dan",
        granted_at = "2025-10-01T09:00:00Z", expires_at = "2026-05-10T00:00:00Z", revoked_at = "2026-05-05T09:00:00Z" },
    },
    entitlements = {
      { id = "e1", system = "CRM", entitlement = "Editor", privileged = false, owner = "dan" },
      { id = "e2", system = "CRM", entitlement = "buyer", privileged = false, owner = "ann", approvers = { "dan" },
        departments = { "Purchase" } },
    },
    identity_events = {
      { id = "m1", kind = "mover", person_id = "ben", raised_at = "2026-04-20T09:00:00Z", effective_at = "2026-05-01",
        rights_reviewed_at = "2026-05-05T10:00:00Z", status = "done" },
    },
    access_reviews = {
      { id = "rev1", system = "CRM", performed_at = "2025-12-01", reviewer = "ann", scope = "all",
        accounts_in_scope = 3, accounts_reviewed = 3, changes_required = 1, changes_done_at = "2025-12-15" },
      { id = "rev2", system = "crm", performed_at = "2026-05-10", reviewer = "ann", scope = "privileged",
        accounts_in_scope = 1, accounts_reviewed = 1, changes_required = 0 },
    },
  },

  -- leavers_revoked

  case "an account outlives its owner" {
    with = { accounts = { { id = "cat@crm", status = "active", disabled_at = absent } } },
    expect = { leavers_revoked = { "cat@crm", message = "cat on crm was open or used 91 days after Cat left" } },
  },
  case "disabled a day late" {
    with = { accounts = { { id = "cat@crm", disabled_at = "2026-04-02T01:00:00Z" } } },
    expect = { leavers_revoked = { "cat@crm", message = "cat on crm was open or used 2 days after Cat left" } },
  },
  case "more time for disabling" {
    with = { accounts = { { id = "cat@crm", disabled_at = "2026-04-02T01:00:00Z" } } },
    params = { revoke_within = "2 d" },
    expect = { leavers_revoked = "pass" },
  },
  case "used after the last day" {
    with = { accounts = { { id = "cat@crm", last_login_at = "2026-04-01T08:00:00Z" } } },
    expect = { leavers_revoked = { "cat@crm", message = "cat on crm was open or used 1 day after Cat left" } },
  },
  case "disabled, but nobody knows when" {
    with = { accounts = { { id = "cat@crm", disabled_at = absent } } },
    expect = {
      leavers_revoked = { "cat@crm", message = "cat on crm is disabled, but nothing shows since when" },
    },
  },
  case "somebody left yesterday" {
    with = {
      people = { { id = "cat", end_date = "2026-06-29" } },
      accounts = { { id = "cat@crm", status = "active" } },
    },
    expect = { leavers_revoked = "n_a" },
  },
  case "who left before the period is judged only with open accounts" {
    with = {
      people = { { id = "cat", end_date = "2025-06-29" }, { id = "dan", end_date = "2024-01-01" } },
      accounts = { { id = "dan@crm", system = "CRM", username = "dan", person_id = "dan", kind = "human",
        privileged = false, status = "locked" } },
    },
    expect = { leavers_revoked = { "dan@crm", population = 1 } },
  },
  case "a longer period" {
    with = { people = { { id = "cat", end_date = "2025-06-29" } } },
    params = { lookback = "366 d" },
    expect = { leavers_revoked = { "cat@crm" } },
  },
  case "the export is just recent enough" {
    collected_at = { accounts = "2026-05-16" },
    expect = { leavers_revoked = "pass" },
  },
  case "the export is a day too old" {
    collected_at = { accounts = "2026-05-15" },
    expect = { leavers_revoked = "unknown" },
  },
  case "older exports may do" {
    collected_at = { accounts = "2026-05-15" },
    params = { export_age = "46 d" },
    expect = { leavers_revoked = "pass" },
  },
  case "no list of accounts" {
    without = { "accounts" },
    expect = {
      leavers_revoked = "unknown", grants_approved = "unknown", movers_fitted = "unknown",
      systems_reviewed = "unknown", reviews_in_earnest = "unknown",
    },
  },
  case "no register of people" {
    without = { "people" },
    expect = { leavers_revoked = "unknown", grants_approved = "unknown" },
  },

  -- grants_approved

  case "given without approval" {
    with = { access_grants = { [1] = { approved_by = absent } } },
    expect = { grants_approved = { 1, message = "editor on CRM was given to Ben without approval" } },
  },
  case "approved by who asked" {
    with = { access_grants = { [1] = { requested_by = "ann" } } },
    expect = {
      grants_approved = {
        1, message = "approval of editor on CRM for Ben does not count: the approver asked for it",
      },
    },
  },
  case "approved by who got it" {
    with = { access_grants = { [1] = { requested_by = "ann", approved_by = "ben" } } },
    expect = {
      grants_approved = { 1, message = "approval of editor on CRM for Ben does not count: the approver got it" },
    },
  },
  case "approved by somebody who had left" {
    with = { access_grants = { [1] = { approved_by = "cat" } } },
    expect = {
      grants_approved = {
        1,
        message = "approval of editor on CRM for Ben does not count: the approver was not with the organisation then",
      },
    },
  },
  case "approved by the owner of the right" {
    with = { access_grants = { [1] = { approved_by = "dan" } } },
    expect = { grants_approved = "pass" },
  },
  case "the manager does not approve privileged rights" {
    with = { entitlements = { { id = "e1", privileged = true } } },
    expect = {
      grants_approved = {
        1,
        message = "approval of editor on CRM for Ben does not count: "
          .. "the approver is not among those whom the catalogue names",
      },
    },
  },
  case "without a catalogue anybody else may approve" {
    without = { "entitlements" },
    with = { access_grants = { [1] = { approved_by = "dan" } } },
    expect = { grants_approved = "pass" },
  },
  case "nothing was given in the period" {
    with = { access_grants = {
      [1] = { granted_at = "2025-06-29T09:00:00Z" }, [2] = { granted_at = "2025-06-29T09:00:00Z" },
    } },
    expect = { grants_approved = "unknown" },
  },
  case "no list of rights" {
    without = { "access_grants" },
    expect = { grants_approved = "unknown", movers_fitted = "unknown", expired_rights_removed = "unknown" },
  },

  -- movers_fitted

  case "nobody went through the rights" {
    with = { identity_events = { { id = "m1", rights_reviewed_at = absent } } },
    expect = {
      movers_fitted = { "m1", message = "rights of Ben, who moved on 2026-05-01, were not gone through" },
    },
  },
  case "gone through on the last day" {
    with = { identity_events = { { id = "m1", rights_reviewed_at = "2026-05-11T23:00:00Z" } } },
    expect = { movers_fitted = "pass" },
  },
  case "gone through a day late" {
    with = { identity_events = { { id = "m1", rights_reviewed_at = "2026-05-12T00:00:00Z" } } },
    expect = {
      movers_fitted = {
        "m1", message = "Ben moved on 2026-05-01 and kept rights of the old job, or they were gone through late",
      },
    },
  },
  case "more time for movers" {
    with = { identity_events = { { id = "m1", rights_reviewed_at = "2026-05-12T00:00:00Z" } } },
    params = { move_within = "11 d" },
    expect = { movers_fitted = "pass" },
  },
  case "a right of the old job is still held" {
    with = { access_grants = { [2] = { revoked_at = absent } } },
    expect = { movers_fitted = { "m1" } },
  },
  case "the new job may hold it too" {
    with = {
      access_grants = { [2] = { revoked_at = absent } },
      entitlements = { { id = "e2", departments = { "Purchase", "sales" } } },
    },
    expect = { movers_fitted = "pass" },
  },
  case "without a catalogue no right is known to be of the old job" {
    without = { "entitlements" },
    with = { access_grants = { [2] = { revoked_at = absent } } },
    expect = { movers_fitted = "pass" },
  },
  case "a right given on the day of the move" {
    with = { access_grants = { [2] = { granted_at = "2026-05-01T09:00:00Z", revoked_at = absent } } },
    expect = { movers_fitted = "pass" },
  },
  case "a right that everybody may hold" {
    with = {
      access_grants = { [2] = { revoked_at = absent } },
      entitlements = { { id = "e2", departments = absent } },
    },
    expect = { movers_fitted = "pass" },
  },
  case "there is still time for the mover" {
    with = { identity_events = { { id = "m1", effective_at = "2026-06-20", rights_reviewed_at = absent } } },
    expect = { movers_fitted = "n_a" },
  },
  case "a cancelled move" {
    with = { identity_events = { { id = "m1", status = "cancelled", rights_reviewed_at = absent } } },
    expect = { movers_fitted = "n_a" },
  },
  case "no list of moves" {
    without = { "identity_events" },
    expect = { movers_fitted = "unknown" },
  },

  -- expired_rights_removed

  case "an expired right is still there" {
    with = { access_grants = { [2] = { revoked_at = absent } } },
    expect = {
      expired_rights_removed = {
        2, message = "buyer on CRM ended on 2026-05-10T00:00:00Z, but its removal is late or not recorded",
      },
    },
  },
  case "removed on the last day" {
    with = { access_grants = { [2] = { revoked_at = "2026-05-11T00:00:00Z" } } },
    expect = { expired_rights_removed = "pass" },
  },
  case "removed too late" {
    with = { access_grants = { [2] = { revoked_at = "2026-05-11T00:00:01Z" } } },
    expect = { expired_rights_removed = { 2 } },
  },
  case "more time for removing" {
    with = { access_grants = { [2] = { revoked_at = "2026-05-12T00:00:00Z" } } },
    params = { expiry_grace = "2 d" },
    expect = { expired_rights_removed = "pass" },
  },
  case "the account went with the right" {
    with = {
      access_grants = { [2] = { revoked_at = absent } },
      accounts = { { id = "ben@crm", status = "disabled", disabled_at = "2026-05-11T00:00:00Z" } },
    },
    expect = { expired_rights_removed = "pass" },
  },
  case "expired before the period" {
    with = { access_grants = { [2] = { expires_at = "2025-06-29T00:00:00Z", revoked_at = absent } } },
    expect = { expired_rights_removed = "n_a" },
  },
  case "no right expired" {
    with = { access_grants = { [2] = { expires_at = absent } } },
    expect = { expired_rights_removed = "n_a" },
  },

  -- systems_reviewed

  case "a system was never reviewed" {
    with = { accounts = { { id = "ben@erp", system = "ERP", person_id = "ben", kind = "human", privileged = false,
      status = "active", created_at = "2026-06-01T09:00:00Z" } } },
    expect = {
      systems_reviewed = { "ERP", message = "rights on ERP were never reviewed, or last ? days ago" },
    },
  },
  case "reviewed in full on the last day" {
    with = { access_reviews = { { id = "rev1", performed_at = "2025-06-30", changes_done_at = "2025-07-01" } } },
    expect = { systems_reviewed = "pass" },
  },
  case "reviewed in full a day too long ago" {
    with = { access_reviews = { { id = "rev1", performed_at = "2025-06-29" } } },
    expect = { systems_reviewed = { "CRM", message = "rights on CRM were never reviewed, or last 366 days ago" } },
  },
  case "a longer interval for full reviews" {
    with = { access_reviews = { { id = "rev1", performed_at = "2025-06-29" } } },
    params = { review_interval = "366 d" },
    expect = { systems_reviewed = "pass" },
  },
  case "privileged accounts reviewed on the last day" {
    with = { access_reviews = { { id = "rev2", performed_at = "2026-03-17" } } },
    expect = { systems_reviewed = "pass" },
  },
  case "privileged accounts reviewed a day too long ago" {
    with = { access_reviews = { { id = "rev2", performed_at = "2026-03-16" } } },
    expect = { systems_reviewed = { "CRM", message = "rights on CRM were never reviewed, or last 106 days ago" } },
  },
  case "a longer interval for privileged accounts" {
    with = { access_reviews = { { id = "rev2", performed_at = "2026-03-16" } } },
    params = { privileged_review_interval = "106 d" },
    expect = { systems_reviewed = "pass" },
  },
  case "a system without privileged accounts" {
    with = {
      accounts = { { id = "ann@crm", privileged = false } },
      access_reviews = { { id = "rev2", performed_at = "2025-09-01" } },
    },
    expect = { systems_reviewed = "pass" },
  },
  case "nobody has an account" {
    only = { accounts = {} },
    expect = { systems_reviewed = "unknown" },
  },
  case "no reviews on record" {
    without = { "access_reviews" },
    expect = { systems_reviewed = "unknown", reviews_in_earnest = "unknown", review_findings_done = "unknown" },
  },

  -- reviews_in_earnest

  case "a review in the future" {
    with = { access_reviews = { { id = "rev2", performed_at = "2026-07-01" } } },
    expect = {
      reviews_in_earnest = {
        "rev2", message = "review rev2 of crm on 2026-07-01 is not credible: performed_at is in the future",
      },
    },
  },
  case "the reviewer had left" {
    with = { access_reviews = { { id = "rev2", reviewer = "cat" } } },
    expect = {
      reviews_in_earnest = {
        "rev2", message = "review rev2 of crm on 2026-05-10 is not credible: Cat was not with the organisation then",
      },
    },
  },
  case "nothing was in scope" {
    with = { access_reviews = { { id = "rev2", accounts_in_scope = 0 } } },
    expect = {
      reviews_in_earnest = {
        "rev2", message = "review rev2 of crm on 2026-05-10 is not credible: it had no account in scope",
      },
    },
  },
  case "a review that was not finished" {
    with = { access_reviews = { { id = "rev1", accounts_reviewed = 2 } } },
    expect = {
      reviews_in_earnest = {
        "rev1",
        message = "review rev1 of CRM on 2025-12-01 is not credible: only 2 of 3 accounts in scope were reviewed",
      },
    },
  },
  case "a full review that left accounts out" {
    with = { access_reviews = { { id = "rev1", accounts_in_scope = 2, accounts_reviewed = 2 } } },
    expect = {
      reviews_in_earnest = {
        "rev1",
        message = "review rev1 of CRM on 2025-12-01 is not credible: it had 2 accounts in scope, 3 were there",
      },
    },
  },
  case "a full review may leave so many accounts out" {
    with = { access_reviews = { { id = "rev1", accounts_in_scope = 2, accounts_reviewed = 2 } } },
    params = { scope_share = 66 },
    expect = { reviews_in_earnest = "pass" },
  },
  case "a full review of just so many accounts" {
    params = { scope_share = 100 },
    expect = { reviews_in_earnest = "pass" },
  },
  case "accounts that came on the day of the review were to be reviewed" {
    with = {
      access_reviews = { { id = "rev1", accounts_in_scope = 2, accounts_reviewed = 2 } },
      accounts = { { id = "ben@crm", created_at = "2025-12-01T09:00:00Z" } },
    },
    expect = { reviews_in_earnest = { "rev1" } },
  },
  case "accounts that came later were not to be reviewed" {
    with = {
      access_reviews = { { id = "rev1", accounts_in_scope = 2, accounts_reviewed = 2 } },
      accounts = { { id = "ben@crm", created_at = "2025-12-02T09:00:00Z" } },
    },
    expect = { reviews_in_earnest = "pass" },
  },
  case "a review that overlooked a leaver" {
    with = { accounts = { { id = "cat@crm", disabled_at = "2026-05-11T09:00:00Z" } } },
    expect = {
      reviews_in_earnest = {
        "rev2",
        message = "review rev2 of crm on 2026-05-10 is not credible: "
          .. "it found nothing to change, but cat@crm of a leaver was still open",
      },
    },
  },
  case "a leaver's account was closed on the day of the review" {
    with = { accounts = { { id = "cat@crm", disabled_at = "2026-05-10T09:00:00Z" } } },
    expect = { reviews_in_earnest = "pass" },
  },
  case "somebody left on the day of the review" {
    with = { access_reviews = { { id = "rev2", performed_at = "2026-03-31" } } },
    expect = { reviews_in_earnest = "pass" },
  },
  case "a review that found the leaver" {
    with = {
      accounts = { { id = "cat@crm", disabled_at = "2026-05-11T09:00:00Z" } },
      access_reviews = { { id = "rev2", changes_required = 1, changes_done_at = "2026-05-11" } },
    },
    expect = { reviews_in_earnest = "pass" },
  },
  case "a review on the first day of the period" {
    with = { access_reviews = { { id = "rev1", performed_at = "2025-06-30", accounts_reviewed = 2 } } },
    expect = { reviews_in_earnest = { "rev1" } },
  },
  case "no reviews in the period" {
    with = { access_reviews = {
      { id = "rev1", performed_at = "2025-06-29" }, { id = "rev2", performed_at = "2025-06-29" },
    } },
    expect = { reviews_in_earnest = "unknown" },
  },

  -- review_findings_done

  case "what the review found is still open" {
    with = { access_reviews = { { id = "rev1", changes_done_at = absent } } },
    expect = {
      review_findings_done = { "rev1", message = "1 changes found on CRM on 2025-12-01 are still open" },
    },
  },
  case "carried out a day late" {
    with = { access_reviews = { { id = "rev1", changes_done_at = "2025-12-16" } } },
    expect = {
      review_findings_done = {
        "rev1", message = "changes found on CRM on 2025-12-01 were carried out after 15 days",
      },
    },
  },
  case "more time for carrying out" {
    with = { access_reviews = { { id = "rev1", changes_done_at = "2025-12-16" } } },
    params = { changes_within = "15 d" },
    expect = { review_findings_done = "pass" },
  },
  case "carried out before they were found" {
    with = { access_reviews = { { id = "rev1", changes_done_at = "2025-11-30" } } },
    expect = { review_findings_done = { "rev1" } },
  },
  case "there is still time" {
    with = { access_reviews = { { id = "rev1", performed_at = "2026-06-16", changes_done_at = absent } } },
    expect = { review_findings_done = "n_a" },
  },
  case "no review found anything" {
    with = { access_reviews = { { id = "rev1", changes_required = 0 } } },
    expect = { review_findings_done = "n_a" },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = {
      lookback = "365 d", revoke_within = "1 d", move_within = "10 d", expiry_grace = "1 d", review_interval = "365 d",
      privileged_review_interval = "105 d", scope_share = 95, changes_within = "14 d", export_age = "45 d",
    } },
  },
  case "a leaver's accounts that no person logs in to" {
    with = { accounts = { { id = "cat@bot", system = "CRM", person_id = "cat", kind = "service", privileged = false, status = "active" } } },
    expect = { leavers_revoked = { passes = true, population = 1 } },
  },
  case "left long ago, and still active" {
    with = { people = { { id = "cat", end_date = "2024-01-31" } }, accounts = { { id = "cat@crm", status = "active" } } },
    expect = { leavers_revoked = { "cat@crm" } },
  },
  case "deleted, and never logged in to" {
    with = { accounts = { { id = "cat@crm", status = "deleted", last_login_at = absent } } },
    expect = { leavers_revoked = "pass" },
  },
  case "what machines may do needs no approval here" {
    with = { accounts = { { id = "bot@crm", system = "CRM", kind = "service", privileged = false, status = "active" } } },
    add = { access_grants = { { account_id = "bot@crm", system = "CRM", entitlement = "editor", granted_at = "2026-05-02T09:00:00Z" } } },
    expect = { grants_approved = { passes = true, population = 2 } },
  },
  case "a right that the catalogue does not know" {
    with = { access_grants = { [1] = { entitlement = "viewer", approved_by = "dan" } } },
    expect = { grants_approved = "pass" },
  },
  case "approved by somebody who has no part in it" {
    with = { people = { { id = "eve", name = "Eve", kind = "employee", start_date = "2020-01-01" } },
      access_grants = { [1] = { approved_by = "eve" } } },
    expect = { grants_approved = { 1 } },
  },
  case "who joins does not move, and moves of long ago are over" {
    with = { identity_events = {
      { id = "j1", kind = "joiner", person_id = "ben", raised_at = "2026-04-20T09:00:00Z", effective_at = "2026-05-01", status = "done" },
      { id = "m0", kind = "mover", person_id = "ben", raised_at = "2025-05-20T09:00:00Z", effective_at = "2025-06-01", status = "done" },
    } },
    expect = { movers_fitted = { passes = true, population = 1 } },
  },
  case "a move that nobody has begun with" {
    with = { identity_events = { { id = "m1", status = "open", rights_reviewed_at = absent } } },
    expect = { movers_fitted = { "m1" } },
  },
  case "a move that is being worked on" {
    with = { identity_events = { { id = "m1", status = "in_progress", rights_reviewed_at = absent } } },
    expect = { movers_fitted = { "m1" } },
  },
  case "somebody else holds the right of the old job" {
    add = { access_grants = { { account_id = "ann@crm", system = "CRM", entitlement = "buyer", requested_by = "ann", approved_by = "dan",
      granted_at = "2025-10-01T09:00:00Z" } } },
    expect = { movers_fitted = "pass" },
  },
  case "a right that ended yesterday" {
    add = { access_grants = { { account_id = "ben@crm", system = "CRM", entitlement = "editor", approved_by = "ann",
      granted_at = "2025-10-01T09:00:00Z", expires_at = "2026-06-29T09:00:00Z" } } },
    expect = { expired_rights_removed = { passes = true, population = 1 } },
  },
  case "a system whose accounts are all closed" {
    with = { accounts = { { id = "cat@erp", system = "ERP", person_id = "cat", kind = "human", privileged = false, status = "disabled",
      disabled_at = "2026-03-31T17:00:00Z" } } },
    expect = { systems_reviewed = { passes = true, population = 1 } },
  },
  case "changes that will be carried out later" {
    with = { access_reviews = { { id = "rev1", changes_done_at = "2026-07-05" } } },
    expect = { reviews_in_earnest = "pass" },
  },
  case "locked accounts were to be reviewed, too" {
    with = { accounts = { { id = "dan@crm", system = "CRM", person_id = "dan", kind = "human", privileged = false, status = "locked",
      created_at = "2021-01-02T09:00:00Z" } } },
    expect = { reviews_in_earnest = { "rev1", message = "review rev1 of CRM on 2025-12-01 is not credible: it had 3 accounts in scope, 4 were there" } },
  },
  case "more reviewed than were in scope" {
    with = { access_reviews = { { id = "rev1", accounts_in_scope = 2 } } },
    expect = { reviews_in_earnest = { "rev1" } },
  },
  case "a share that one account just misses" {
    with = { access_reviews = { { id = "rev1", accounts_in_scope = 1, accounts_reviewed = 1 } } }, params = { scope_share = 33.5 },
    expect = { reviews_in_earnest = { "rev1" } },
  },
  case "what a review of long ago found" {
    with = { access_reviews = { { id = "rev0", system = "CRM", performed_at = "2025-06-01", reviewer = "ann", scope = "all", accounts_in_scope = 3,
      accounts_reviewed = 3, changes_required = 1 } } },
    expect = { review_findings_done = { passes = true, population = 1 } },
  },
}
