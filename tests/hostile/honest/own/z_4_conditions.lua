local checks = require "checks"

return rule "Z.4" {
  title = "Conditions and building blocks judge as ever", intent = "Be a canary.", needs = { "people", "accounts", "risk_criteria" },
  params = {
    revoke_within = { default = "1 d", meaning = "time to disable" },
    systems = { default = { "crm", "erp" }, unit = "words", meaning = "systems" },
  },
  check "known_systems" {
    question = "Is every system known?", tests = "design", severity = "major", weight = 3,
    over = "accounts", expect = one_of("system", "systems"),
    message = "{record} is on {system}", remedy = "None.",
  },
  check "leavers" {
    question = "Are the accounts of leavers closed?", tests = "operation", severity = "major", weight = 2,
    over = function(isms)
      return isms.accounts:where(function(account) return account.person.end_date ~= nil end)
    end,
    expect = { is_false "privileged", timely("person.end_date", "disabled_at", "revoke_within") },
    messages = { late = "late" },
    message = "{record}: {why} {days} {limit}", remedy = "None.",
  },
  check "owners" {
    question = "Are owners engaged?", tests = "operation", severity = "minor", weight = 1,
    over = "people",
    expect = function(person) return checks.engaged(person), { value = checks.word(person.name) } end,
    message = "{record} {value}", remedy = "None.",
  },
}
