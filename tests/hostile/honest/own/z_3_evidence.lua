-- Every field of every record. The findings list them.
local function fields_of(records)
  local list = {}
  for record in records:each() do
    for name, value in pairs(record) do
      list[#list + 1] = { record = record, key = tostring(record) .. "." .. name, is = value }
    end
  end
  return list
end

return rule "Z.3" {
  title = "The evidence is what it was", intent = "Be a canary.", needs = { "people", "accounts", "risks", "soa", "organization" },
  check "people" {
    question = "What are the people?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return fields_of(isms.people) end,
    expect = function(member) return false, { value = member.is } end,
    message = "{value}", remedy = "None.",
  },
  check "accounts" {
    question = "What are the accounts?", tests = "operation", severity = "minor", weight = 1,
    over = function(isms) return fields_of(isms.accounts) end,
    expect = function(member) return false, { value = member.is } end,
    message = "{value}", remedy = "None.",
  },
  check "the_rest" {
    question = "What is the rest?", tests = "operation", severity = "minor", weight = 1,
    holds = function(_, isms)
      return false, {
        as_of = isms.as_of, n = #isms.catalog.clauses, ids = isms.risks:map("id"), other = isms.organization.name,
        value = isms.catalog["A.5.18"].title .. isms.soa["A.5.18"].justification,
      }
    end,
    message = "{as_of} {n} {ids} {other} {value}", remedy = "None.",
  },
}
