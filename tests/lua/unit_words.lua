-- The building blocks about words, lists and shares.

local tests = {}

local function judging(records, fn, settings)
  return function(t)
    t.judging(records, settings or {}, function(checks, isms) fn(t, checks, isms) end)
  end
end

tests.same_name = judging({}, function(t, checks)
  t.is_true(checks.same_name("Access  Control", "access-control"))
  t.is_false(checks.same_name("access", "access_control"))
  t.is_false(checks.same_name(nil, nil))
  t.is_false(checks.same_name("x", nil))
  t.equal(checks.word " A  b-C_d ", "a_b_c_d")
  t.is_nil(checks.word(nil))
end)

tests.holds_has_word_in = judging({}, function(t, checks)
  t.is_true(checks.holds({ "All", "x" }, "all"))
  t.is_false(checks.holds({ "All" }, "al"))
  t.is_false(checks.holds(nil, "all"))
  t.is_false(checks.holds({ "all" }, nil))
  t.is_true(checks.word_in("ALL", { "all" }))
  t.is_true(checks.has({ "a", 2 }, 2))
  t.is_false(checks.has({ "A" }, "a"))
  t.is_false(checks.has(nil, 2))
end)

tests.contains = judging({}, function(t, checks)
  t.is_true(checks.contains("held against ISO/IEC 27001:2022 and DOC-1", "iso/iec 27001"))
  t.is_false(checks.contains("ISO/IEC 270011", "ISO/IEC 27001"))
  t.is_true(checks.contains("tls", "TLS"))
  t.is_false(checks.contains(nil, "x"))
  t.is_false(checks.contains("x", "  "))
end)

tests.distinct_join_with = judging({}, function(t, checks)
  t.equal(checks.distinct { "CRM", "crm", "erp", "Crm" }, { "CRM", "erp" })
  t.equal(checks.distinct(nil), {})
  t.equal(checks.join({ 1, 2 }, nil, { 3 }), { 1, 2, 3 })
  t.equal(checks.with({ "a" }, { "b", true }, { "c", false }, { "d", nil }, { "A", true }), { "a", "b" })
end)

tests.share = judging({}, function(t, checks)
  t.equal(checks.share(1, 4), 25.0)
  t.is_nil(checks.share(1, 0))
  t.is_nil(checks.share(nil, 4))
end)

tests.substantive = judging({ documents = { { id = "d", title = "A very long title", kind = "policy", version = "1", status = "draft" } } },
  function(t, checks, isms)
    t.is_true(checks.substantive("four words are enough"))
    t.is_false(checks.substantive("only three words"))
    t.is_true(checks.substantive("two words", 2))
    t.is_false(checks.substantive("Same as above", 2))
    t.is_false(checks.substantive("N/A", 1))
    t.is_false(checks.substantive(" a very  long TITLE", nil, isms.documents[1]))
    t.is_true(checks.substantive("a very long title indeed", nil, isms.documents[1]))
    t.is_false(checks.substantive(nil))
  end)

tests.substantive_takes_min_words = judging({}, function(t, checks)
  t.is_true(checks.substantive "two words")
  t.is_false(checks.substantive "one")
end, { params = { min_words = 2 } })

tests.covers_id = judging({}, function(t, checks)
  t.is_true(checks.covers_id({ "9.2" }, "9.2.1"))
  t.is_true(checks.covers_id({ "A.5" }, "A.5.18"))
  t.is_true(checks.covers_id({ "A.5.18" }, "A.5.18"))
  t.is_false(checks.covers_id({ "A.5.1" }, "A.5.18"))
  t.is_false(checks.covers_id({ "" }, "A.5.18"))
  t.is_false(checks.covers_id(nil, "A.5.18"))
  t.is_false(checks.covers_id({ "9" }, nil))
end)

tests.meets = judging({}, function(t, checks)
  t.is_true(checks.meets(5, "at_least", 5))
  t.is_false(checks.meets(4, "at_least", 5))
  t.is_true(checks.meets(5, "at_most", 5))
  t.is_false(checks.meets(6, "at_most", 5))
  t.is_false(checks.meets(nil, "at_most", 5))
  t.is_false(checks.meets(5, nil, 5))
end)

local accounts = { accounts = {
  { id = "1", system = "CRM", kind = "human", privileged = false, status = "active" },
  { id = "2", system = "erp", kind = "human", privileged = false, status = "active" },
  { id = "3", system = "crm", kind = "human", privileged = true, status = "active" },
} }

tests.alike = judging(accounts, function(t, checks, isms)
  local found = checks.alike(isms.accounts, "system", "Crm")
  t.equal(found:map "id", { "1", "3" })
  t.equal(found:where({ privileged = true }):map "id", { "3" })
  t.equal(#checks.alike(isms.accounts, { "id", "system" }, "erp"), 1)
  t.equal(#checks.alike(isms.accounts, "system", nil), 0)
end)

tests.each_different = judging(accounts, function(t, checks, isms)
  local groups = checks.each_different(isms.accounts, "system")
  t.equal(#groups, 2)
  t.equal(groups[1].key, "CRM")
  t.equal(groups[1].members:map "id", { "1", "3" })
end)

tests.once = judging({}, function(t, checks)
  local calls = 0
  local function count(a, b)
    calls = calls + 1
    return calls, a, b
  end
  local first, a = checks.once(count, "x")
  t.equal({ first, a }, { 1, "x" })
  t.equal((checks.once(count, "x")), 1)
  t.equal((checks.once(count, "x", "y")), 2)
  t.equal((checks.once(count)), 3)
  t.equal((checks.once(count, nil)), 4)
  t.equal((checks.once(count)), 3)
end)

tests.a_wrong_name_is_told = judging({}, function(t, checks)
  t.raises(function() return checks.timly end, "no building block `timly`; did you mean `timely`")
  t.raises(function() checks.within = 1 end, "read%-only")
end)

return tests
