-- Eve leads the company; two risks lie on two assets.
return test "6.1.2" {
  as_of = "2026-06-30",
  baseline = {
    people = {
      { id = "eve", name = "Eve", kind = "employee", start_date = "2015-01-01" },
      { id = "ann", name = "Ann", kind = "employee", start_date = "2020-01-01", manager_id = "eve" },
      { id = "bob", name = "Bob", kind = "employee", start_date = "2019-01-01", end_date = "2026-03-31", manager_id = "eve" },
      { id = "con", name = "Con", kind = "contractor", start_date = "2022-01-01", manager_id = "ann" },
    },
    roles = {
      { id = "r1", title = "Management", responsibilities = { "lead" }, duties = { "top_management" }, assigned_to = { "eve" } },
    },
    risk_criteria = {
      { method = "axis_evidence", appetite = 4, tolerance = 16, assessment_interval = "365 d", approved_by = "eve", approved_at = "2026-01-10" },
    },
    documents = {
      { id = "m1", title = "Risk method", kind = "procedure", topics = { "risk_assessment" }, version = "1", status = "published",
        owner = "ann", approved_by = "eve", approved_at = "2026-01-10", published_at = "2026-01-10" },
    },
    assets = {
      { id = "db", name = "Database", type = "software", status = "in_use", critical = true },
      { id = "web", name = "Web shop", type = "service", status = "in_use", internet_facing = true },
      { id = "pad", name = "Notepad", type = "hardware", status = "in_use" },
    },
    risks = {
      { id = "R-1", title = "Ransomware", asset_ids = { "db" }, threat = "Ransomware", vulnerability = "Late patches", owner = "eve",
        properties = { "availability" }, likelihood = 4, impact = 5, treatment = "modify", assessed_at = "2026-02-01", status = "open" },
      { id = "R-2", title = "Defacement", asset_ids = { "web", "db" }, threat = "ransom-ware", vulnerability = "Weak passwords", owner = "ann",
        properties = { "integrity", "Confidentiality" }, likelihood = 3, impact = 2, loss_min = 100, loss_mode = 200, loss_max = 900,
        currency = "EUR", treatment = "modify", assessed_at = "2026-02-01", status = "treated" },
    },
  },
  at_baseline = { scores_comparable = "n_a" },

  case "no criteria supplied" {
    without = { "risk_criteria" },
    expect = { criteria_set = "unknown", scores_on_scale = "unknown" },
  },
  case "an empty register of criteria" {
    only = { risk_criteria = {} },
    expect = { criteria_set = "unknown" },
  },
  case "no upper limit" {
    with = { risk_criteria = { [1] = { tolerance = absent } } },
    expect = { criteria_set = { 1, message = "the criteria set no upper limit for accepting risks" } },
  },
  case "no interval" {
    with = { risk_criteria = { [1] = { assessment_interval = absent } } },
    expect = { criteria_set = { 1, message = "the criteria do not say how often risks are assessed" } },
  },
  case "appetite above tolerance" {
    with = { risk_criteria = { [1] = { appetite = 17 } } },
    expect = { criteria_set = { 1, message = "appetite 17 is above tolerance 16" } },
  },
  case "nothing could be refused" {
    with = { risk_criteria = { [1] = { tolerance = 25 } } },
    expect = { criteria_set = { 1, message = "with tolerance 25 no risk could ever be refused" } },
  },
  case "a smaller scale" {
    with = { risk_criteria = { [1] = { likelihood_levels = 4, impact_levels = 4 } } },
    expect = { criteria_set = { 1, message = "with tolerance 16 no risk could ever be refused" },
      scores_on_scale = { "R-1", message = "risk R-1 (Ransomware) has likelihood 4 and impact 5, off the scale" } },
  },
  case "approved by nobody" {
    with = { risk_criteria = { [1] = { approved_by = absent } } },
    expect = { criteria_set = { 1, message = "nobody has approved the risk criteria" } },
  },
  case "approved below the top" {
    with = { risk_criteria = { [1] = { approved_by = "ann" } } },
    expect = { criteria_set = { 1, message = "the risk criteria were approved by Ann, who was not top management" } },
  },
  case "approved a year and a day ago" {
    with = { risk_criteria = { [1] = { approved_at = "2025-06-29" } } },
    expect = { criteria_set = { 1, message = "the risk criteria were approved 366 days ago" } },
  },
  case "approved a year ago" {
    with = { risk_criteria = { [1] = { approved_at = "2025-06-30" } } },
    expect = { criteria_set = "pass" },
  },
  case "approved tomorrow" {
    with = { risk_criteria = { [1] = { approved_at = "2026-07-01" } } },
    expect = { criteria_set = { 1, message = "approved_at is in the future" } },
  },
  case "no method" {
    only = { documents = {} },
    expect = { method_in_force = { message = "no risk assessment method is published, approved and reviewed within 365 days" } },
  },
  case "documents not supplied" {
    without = { "documents" },
    expect = { method_in_force = "unknown" },
  },
  case "no register" {
    without = { "risks" },
    expect = { scores_on_scale = "unknown", risks_owned = "unknown", critical_assets_covered = "unknown", scores_comparable = "unknown" },
  },
  case "off the scale" {
    with = { risks = { { id = "R-1", likelihood = 6 } } },
    expect = { scores_on_scale = { "R-1", message = "risk R-1 (Ransomware) has likelihood 6 and impact 5, off the scale" } },
  },
  case "zero is off the scale" {
    with = { risks = { { id = "R-1", impact = 0 } } },
    expect = { scores_on_scale = { "R-1" } },
  },
  case "nothing is at stake" {
    with = { risks = { { id = "R-1", properties = absent } } },
    expect = { scores_on_scale = { "R-1",
      message = "risk R-1 (Ransomware) does not say whether confidentiality, integrity or availability is at stake" } },
  },
  case "something odd is at stake" {
    with = { risks = { { id = "R-1", properties = { "availability", "fame" } } } },
    expect = { scores_on_scale = { "R-1",
      message = "risk R-1 (Ransomware) names fame, which is none of confidentiality, integrity, availability" } },
  },
  case "no threat" {
    with = { risks = { { id = "R-1", threat = absent } } },
    expect = { scores_on_scale = { "R-1", message = "risk R-1 (Ransomware) names no threat" } },
  },
  case "no vulnerability" {
    with = { risks = { { id = "R-1", vulnerability = absent } } },
    expect = { scores_on_scale = { "R-1", message = "risk R-1 (Ransomware) names no vulnerability" } },
  },
  case "amounts without a currency" {
    with = { risks = { { id = "R-2", currency = absent } } },
    expect = { scores_on_scale = { "R-2", message = "risk R-2 (Defacement) has amounts without a currency" } },
  },
  case "estimates upside down" {
    with = { risks = { { id = "R-2", loss_max = 150 } } },
    expect = { scores_on_scale = { "R-2", message = "the estimates of risk R-2 (Defacement) are not in order: minimum, most likely, maximum" } },
  },
  case "a negative frequency" {
    with = { risks = { { id = "R-2", events_per_year_min = -1 } } },
    expect = { scores_on_scale = { "R-2" } },
  },
  case "closed risks are left alone" {
    with = { risks = { { id = "R-1", likelihood = 6, status = "closed", owner = absent } } },
    expect = { scores_on_scale = "pass", risks_owned = "pass" },
  },
  case "nobody owns it" {
    with = { risks = { { id = "R-1", owner = absent } } },
    expect = { risks_owned = { "R-1", message = "risk R-1 (Ransomware) has no owner" } },
  },
  case "the owner has left" {
    with = { risks = { { id = "R-1", owner = "bob" } } },
    expect = { risks_owned = { "R-1", message = "risk R-1 (Ransomware) is owned by Bob, who has left" } },
  },
  case "the owner is from outside" {
    with = { risks = { { id = "R-1", owner = "con" } } },
    expect = { risks_owned = { "R-1",
      message = "risk R-1 (Ransomware) is owned by Con, who is not of the organisation and cannot accept it" } },
  },
  case "an owner who is not in the register" {
    with = { risks = { { id = "R-1", owner = "nobody" } } },
    expect = { risks_owned = { "R-1", message = "risks R-1 points to nobody, which does not exist" } },
  },
  case "an exposed asset in no risk" {
    with = { risks = { { id = "R-2", asset_ids = { "db" } } } },
    expect = { critical_assets_covered = { "web",
      message = "asset web (Web shop) is critical, faces the internet or holds personal data, yet no open risk names it" } },
  },
  case "a closed risk does not cover" {
    with = { risks = { { id = "R-2", status = "closed" } } },
    expect = { critical_assets_covered = { "web" } },
  },
  case "no asset matters" {
    only = { assets = { { id = "pad", name = "Notepad", type = "hardware", status = "in_use" } } },
    expect = { critical_assets_covered = "unknown" },
  },
  case "like risks scored alike" {
    with = { risks = { { id = "R-2", threat = "RANSOMWARE" } } },
    expect = { scores_comparable = "pass" },
  },
  case "like risks scored apart" {
    with = { risks = { { id = "R-2", threat = "ransomware", likelihood = 2 } } },
    expect = { scores_comparable = { "R-1", message = "risks R-1, R-2 have the same threat on the same asset, but likelihoods 2 levels apart" } },
  },
  case "the same risk twice" {
    with = { risks = { { id = "R-2", threat = "ransomware", vulnerability = "late patches", asset_ids = { "db" }, properties = { "availability" } } } },
    expect = { scores_comparable = { "R-1", message = "risks R-1, R-2 are the same risk entered twice" } },
  },
  case "nothing was weighed" {
    with = { risks = { { id = "R-2", likelihood = 4, impact = 5 } } }, params = { min_register = 2 },
    expect = { scores_comparable = { message = "100 % of all risks have the same likelihood and impact; nothing was weighed" } },
  },
  case "half alike is weighed" {
    params = { min_register = 2 },
    expect = { scores_comparable = "pass" },
  },

  -- Near misses: what tells the rule from slightly changed ones (assay test --mutate).

  case "what holds where nobody says otherwise" {
    expect = { params = { policy_review_interval = "365 d", default_levels = 5, max_spread = 1, max_same_score = 60, min_register = 10 } },
  },
  case "accepted risks count" {
    with = { risks = { { id = "R-2", status = "accepted", owner = absent } } },
    expect = { risks_owned = { "R-2" } },
  },
  case "the lowest step of the scale" {
    with = { risks = { { id = "R-1", likelihood = 1, impact = 1 } } },
    expect = { scores_on_scale = "pass" },
  },
  case "estimates below one, and two alike" {
    with = { risks = { { id = "R-2", loss_min = 0.5, loss_mode = 0.5, events_per_year_min = 0.2 } } },
    expect = { scores_on_scale = "pass" },
  },
  case "estimates upside down without a middle" {
    with = { risks = { { id = "R-2", loss_mode = absent, loss_max = 50 } } },
    expect = { scores_on_scale = { "R-2" } },
  },
  case "the least is more than the likely" {
    with = { risks = { { id = "R-2", loss_min = 300 } } },
    expect = { scores_on_scale = { "R-2" } },
  },
  case "more often than most often" {
    with = { risks = { { id = "R-2", events_per_year_min = 1, events_per_year_mode = 9, events_per_year_max = 5 } } },
    expect = { scores_on_scale = { "R-2" } },
  },
  case "no property at all" {
    with = { risks = { { id = "R-1", properties = {} } } },
    expect = { scores_on_scale = { "R-1" } },
  },
  case "all risks are closed" {
    with = { risks = { { id = "R-1", status = "closed" }, { id = "R-2", status = "closed" } } },
    expect = { scores_on_scale = "unknown", risks_owned = "unknown" },
  },
  case "neither limit nor interval" {
    with = { risk_criteria = { [1] = { tolerance = absent, assessment_interval = absent } } },
    expect = { criteria_set = { message = "the criteria set no upper limit for accepting risks" } },
  },
  case "appetite as high as tolerance" {
    with = { risk_criteria = { [1] = { appetite = 16 } } },
    expect = { criteria_set = "pass" },
  },
  case "little appetite" {
    with = { risk_criteria = { [1] = { appetite = 1 } } },
    expect = { criteria_set = "pass" },
  },
  case "scales of different length" {
    with = { risk_criteria = { [1] = { likelihood_levels = 3, impact_levels = 5, tolerance = 15 } } },
    expect = { criteria_set = { message = "with tolerance 15 no risk could ever be refused" }, scores_on_scale = { "R-1" } },
  },
  case "a member of the board owns it" {
    with = { people = { { id = "ann", kind = "board" } } },
    expect = { risks_owned = "pass" },
  },
  case "assets that are gone" {
    with = { assets = { { id = "old", name = "Old database", type = "software", status = "disposed", critical = true } } },
    expect = { critical_assets_covered = { passes = true, population = 2 } },
  },
  case "a critical asset in no risk" {
    with = { assets = { { id = "pad", critical = true } } },
    expect = { critical_assets_covered = { "pad" } },
  },
  case "personal data in no risk" {
    with = { assets = { { id = "pad", holds_personal_data = true } } },
    expect = { critical_assets_covered = { "pad" } },
  },
  case "one more asset makes it another risk" {
    with = { risks = {
      { id = "R-3", title = "Twin", asset_ids = { "db", "web" }, threat = "Ransomware", vulnerability = "Late patches", owner = "eve",
        properties = { "availability" }, likelihood = 4, impact = 5, treatment = "modify", assessed_at = "2026-02-01", status = "open" },
    } },
    expect = { scores_comparable = { passes = true, population = 1 } },
  },
  case "as does another asset beside the common one" {
    with = { risks = { { id = "R-1", asset_ids = { "db", "web" } },
      { id = "R-3", title = "Twin", asset_ids = { "db", "pad" }, threat = "Ransomware", vulnerability = "Late patches", owner = "eve",
        properties = { "availability" }, likelihood = 4, impact = 5, treatment = "modify", assessed_at = "2026-02-01", status = "open" },
    } },
    expect = { scores_comparable = { passes = true, population = 1 } },
  },
  case "another property" {
    with = { risks = {
      { id = "R-3", title = "Twin", asset_ids = { "db" }, threat = "Ransomware", vulnerability = "Late patches", owner = "eve",
        properties = { "integrity" }, likelihood = 4, impact = 5, treatment = "modify", assessed_at = "2026-02-01", status = "open" },
    } },
    expect = { scores_comparable = { passes = true, population = 1 } },
  },
  case "another weakness" {
    with = { risks = {
      { id = "R-3", title = "Twin", asset_ids = { "db" }, threat = "Ransomware", vulnerability = "Open ports", owner = "eve",
        properties = { "availability" }, likelihood = 4, impact = 5, treatment = "modify", assessed_at = "2026-02-01", status = "open" },
    } },
    expect = { scores_comparable = { passes = true, population = 1 } },
  },
  case "two common assets make one pair" {
    with = { risks = { { id = "R-1", asset_ids = { "db", "web" } },
      { id = "R-3", title = "Twin", asset_ids = { "db", "web" }, threat = "Ransomware", vulnerability = "Open ports", owner = "eve",
        properties = { "availability" }, likelihood = 4, impact = 5, treatment = "modify", assessed_at = "2026-02-01", status = "open" },
    } },
    expect = { scores_comparable = { passes = true, population = 1 } },
  },
  case "each of four with each other, titles alike" {
    with = { risks = {
      { id = "R-3", title = "Twin", asset_ids = { "db" }, threat = "Ransomware", vulnerability = "Open ports", owner = "eve",
        properties = { "availability" }, likelihood = 4, impact = 5, treatment = "modify", assessed_at = "2026-02-01", status = "open" },
      { id = "R-4", title = "Twin", asset_ids = { "db" }, threat = "Ransomware", vulnerability = "Weak keys", owner = "eve",
        properties = { "availability" }, likelihood = 4, impact = 5, treatment = "modify", assessed_at = "2026-02-01", status = "open" },
      { id = "R-5", title = "Twin", asset_ids = { "db" }, threat = "Ransomware", vulnerability = "No filter", owner = "eve",
        properties = { "availability" }, likelihood = 4, impact = 5, treatment = "modify", assessed_at = "2026-02-01", status = "open" },
    } },
    expect = { scores_comparable = { passes = true, population = 6 } },
  },
  case "impacts alike, likelihoods not" {
    with = { risks = { { id = "R-2", impact = 5 } } }, params = { min_register = 2 },
    expect = { scores_comparable = { passes = true, population = 1 } },
  },
  case "as many alike as are allowed" {
    params = { min_register = 2, max_same_score = 50 },
    expect = { scores_comparable = "pass" },
  },
  case "two alike, then another" {
    with = { risks = { { id = "R-2", likelihood = 4, impact = 5 },
      { id = "R-3", title = "Twin", asset_ids = { "db" }, threat = "Fire", vulnerability = "Late patches", owner = "eve",
        properties = { "availability" }, likelihood = 1, impact = 1, treatment = "modify", assessed_at = "2026-02-01", status = "open" },
    } },
    params = { min_register = 3 },
    expect = { scores_comparable = { "the register as a whole" } },
  },
  case "approved on no date" {
    with = { risk_criteria = { [1] = { approved_at = absent } } },
    expect = { criteria_set = { message = "the risk criteria were approved by Eve, who was not top management" } },
  },
}
