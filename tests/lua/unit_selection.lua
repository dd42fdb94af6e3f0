-- Which requirements selectors choose.

local selection = require "selection"

local tests = {}

local ORDER = { "4.1", "6.1.2", "6.2", "A.5.9", "A.5.18", "A.6.1", "ACME.1" }

local function chosen(...)
  local found, set, missed = {}, selection.choose({ ... }, ORDER)
  for _, id in ipairs(ORDER) do
    if set == nil or set[id] then found[#found + 1] = id end
  end
  for i, miss in ipairs(missed) do found[#found + 1] = ("%d %s: %s"):format(i, miss.glob, miss.help) end
  return table.concat(found, " ")
end

function tests.ids_and_globs(t)
  t.equal(chosen(), "4.1 6.1.2 6.2 A.5.9 A.5.18 A.6.1 ACME.1")
  t.equal(chosen "A.5.*", "A.5.9 A.5.18")
  t.equal(chosen "6.*", "6.1.2 6.2")
  t.equal(chosen "A.5.1?", "A.5.18")
  t.equal(chosen "A.5.18", "A.5.18")
  t.equal(chosen("*.1", "6.2"), "4.1 6.2 A.6.1 ACME.1")
  t.equal(chosen "*", chosen())
  t.equal(chosen "**", chosen())
end

function tests.what_chooses_nothing_says_so(t)
  t.equal(chosen "A.5", "1 A.5: did you mean `A.5.*`?")
  t.equal(chosen "A.5.81", "1 A.5.81: did you mean `A.5.18`?")
  t.equal(chosen("6.2", "zebra*", ""), "6.2 1 zebra*: a selector is an id or a glob: A.5.18, A.5.*, 6.* 2 : a selector is an id or a glob: A.5.18, A.5.*, 6.*")
end

function tests.nothing_but_the_two_signs_has_a_meaning(t)
  for _, glob in ipairs { "A%5.*", "AX5.*", "A.5.[19]*", "^4.1$", ".*", "A.5.1\0" } do t.equal((chosen(glob):find("^1 ")), 1, glob) end
end

-- A pattern of Lua would need more steps than there are atoms, and more than 200 levels.
function tests.many_stars_end(t)
  t.equal(chosen(("*"):rep(60) .. "1"), "4.1 A.6.1 ACME.1")
  t.equal((chosen(("*"):rep(60) .. "x"):find("^1 ")), 1)
  t.equal(chosen(("*?"):rep(3) .. ("*"):rep(5000)), chosen())
end

return tests
