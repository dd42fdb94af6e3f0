-- expect: W0861 12
return rule "LINT.861" {
  title = "keys without order", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account)
      local one, seen = {}, {}
      seen[one] = account
      for _, held in pairs(seen) do
        if held.person == nil then return false end
      end
      return #seen == 0
    end,
    message = "{why}", remedy = "mend it",
  },
}
