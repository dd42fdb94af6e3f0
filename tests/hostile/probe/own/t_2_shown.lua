-- Fails for every thing, and shows all that is in it.
return rule "T.2" {
  title = "Things are shown", intent = "Be a probe.", needs = { "things" },
  check "shown" {
    question = "What is in it?", tests = "operation", severity = "minor", weight = 1, over = "things", empty = "lacks_evidence",
    expect = function(thing)
      local parts = {}
      for name, value in pairs(thing) do
        local text = tostring(value)
        if type(value) == "userdata" and name ~= "owner" and text == "list" then
          local items = {}
          for i = 1, #value do items[i] = tostring(value[i]) end
          text = table.concat(items, ",")
        end
        parts[#parts + 1] = name .. "=" .. text
      end
      return false, { value = table.concat(parts, " ") }
    end,
    message = "{value}", remedy = "None.",
  },
}
