-- expect: E0836 8
return rule "LINT.8361" {
  title = "unknown field in filter", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms)
      local function ours(list) return list:where{ statsu = "active" } end
      return ours(isms.accounts)
    end,
    empty = "not_applicable",
    expect = { function(account) return account.person ~= nil end },
    message = "{why}", remedy = "mend it",
  },
}
