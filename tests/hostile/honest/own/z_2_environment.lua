-- Walks everything that can be reached by name. The findings list it.
local function names_of(where, name, seen, list)
  for key, value in pairs(where) do
    local path = name .. tostring(key)
    list[#list + 1] = path .. ":" .. type(value)
    if type(value) == "table" and not seen[value] then
      seen[value] = true
      names_of(value, path .. ".", seen, list)
    end
  end
  return list
end

return rule "Z.2" {
  title = "The environment holds what it held", intent = "Be a canary.", needs = { "people" },
  check "names" {
    question = "Which names are there?", tests = "operation", severity = "minor", weight = 1,
    over = function() return names_of(_ENV, "", {}, {}) end,
    expect = function() return false end,
    message = "{word}", remedy = "None.",
  },
}
