-- expect: W0823 2
local function helper(account, spare)
  return account.person
end

return rule "LINT.8231" {
  title = "unused argument of a helper", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account, isms, params) return helper(account, 1) ~= nil end,
    message = "{why}", remedy = "mend it",
  },
}
