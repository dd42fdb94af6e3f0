-- expect: E0836 11, E0836 14, E0836 16, E0836 17
return rule "LINT.8363" {
  title = "unknown field in loops", intent = "a seeded defect",
  needs = { "accounts", "people" },
  check "seeded" {
    question = "Is the defect found?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return isms.accounts:where{ status = "active" } end,
    empty = "not_applicable",
    expect = function(account, isms)
      for person in isms.people:each() do
        if person.nmae == account.username then return false end
      end
      for _, group in ipairs(isms.accounts:group_by "person_id") do
        if group.members:first().usrname == nil then return false end
      end
      local first = isms.accounts:sort_by("creatd_at")[1]
      return first.person.manager.titel ~= nil
    end,
    message = "{why}", remedy = "mend it",
  },
}
