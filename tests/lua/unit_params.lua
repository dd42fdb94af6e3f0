-- Params: typing of defaults and of what tailoring gives.

local params = require "params"

local tests = {}

local span = { default = "30 d", meaning = "m" }
local share = { default = 95, unit = "percent", meaning = "m" }
local words = { default = { "a" }, unit = "words", meaning = "m" }

local function ok(t, spec, raw, expected)
  local value, text = params.typed(spec, raw)
  t.is_true(value ~= nil, text)
  t.equal(text, expected)
  return value
end

local function refused(t, spec, raw, pattern)
  local value, problem = params.typed(spec, raw)
  t.is_nil(value)
  t.matches(problem, pattern)
end

function tests.durations(t)
  t.equal(ok(t, span, "4h", "4 hours").hours, 4.0)
  ok(t, span, " 90 d ", "90 days")
  refused(t, span, "90", "is no duration")
  refused(t, span, 90, "is no duration")
  refused(t, span, "-1 d", "negative")
end

function tests.numbers(t)
  t.equal(ok(t, share, "90", "90"), 90)
  t.equal(ok(t, share, 90.5, "90.5"), 90.5)
  refused(t, share, "x", "is no number")
  refused(t, share, "0x10", "is no number")
  refused(t, share, 101, "percentage")
  t.equal(ok(t, { default = 2, unit = "issues", meaning = "m" }, 500, "500"), 500)
end

function tests.lists(t)
  t.equal(ok(t, words, "a, b; c ", "a, b, c"), { "a", "b", "c" })
  t.equal(ok(t, words, { "x", 2 }, "x, 2"), { "x", "2" })
  t.equal(ok(t, words, {}, ""), {})
  refused(t, words, 3, "is no list")
  refused(t, words, { a = 1 }, "is no list")
  refused(t, words, { {} }, "no text")
end

function tests.flags_and_texts(t)
  t.equal(ok(t, { default = true, unit = "yes or no", meaning = "m" }, "no", "false"), false)
  t.equal(ok(t, { default = "x", unit = "word", meaning = "m" }, " y ", "y"), "y")
  refused(t, { default = true, unit = "yes or no", meaning = "m" }, "maybe", "neither")
  refused(t, { default = "x", unit = "word", meaning = "m" }, "  ", "no text")
end

function tests.defaults_and_guard(t)
  local values = params.defaults { params = { interval = span, least = share, topics = words } }
  t.equal(tostring(values.interval), "30 days")
  local guarded = params.guard(values, "A.5.9")
  t.equal(guarded.least, 95)
  table.insert(guarded.topics, "b")
  t.equal(values.topics, { "a" }, "a rule gets a copy of lists")
  t.raises(function() return guarded.intervall end, "rule A.5.9 has no param `intervall`; did you mean `interval`")
  t.raises(function() guarded.least = 1 end, "read%-only")
  local names = {}
  for name in pairs(guarded) do names[#names + 1] = name end
  t.equal(names, { "interval", "least", "topics" })
end

return tests
