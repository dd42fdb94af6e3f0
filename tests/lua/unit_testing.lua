-- The test runner: what it says about cases that are right and about cases that are wrong. Runs from the project's root.

local testing = require "testing"

local tests = {}

local SAMPLE = "tests/samples/testing/a_5_9_sample_test.lua"

local function run(pattern)
  return testing.run { paths = { SAMPLE }, pattern = pattern }
end

--- The problems of one case, as one text; nil where it passed.
local function about(title)
  local answer = run(title)
  if answer.failed == 0 then return nil end
  return answer.text
end

function tests.right_cases_pass(t)
  local answer = run "good:"
  t.equal(answer.failed, 0, answer.text)
  t.equal(answer.passed, 7)
  t.matches(answer.text, "^TAP version 13\nok 1 %- A.5.9: good: changed by key\n")
  t.matches(answer.text, "\n1%.%.7\n$")
end

function tests.the_baseline_passes(t)
  t.equal(run("A.5.9: baseline").failed, 0)
end

function tests.wrong_cases_are_told(t)
  local function says(title, pattern) t.matches(about("bad: " .. title), pattern) end
  says("another key", 'what: "owned: keys"\n      expected: "a"\n      got: "b"')
  says("another status", 'expected: "fail"\n      got: "pass"')
  says("another message", 'expected: "x"\n      got: "B is owned by Bob, who has left"')
  says("unknown check", "the rule has no check `ownd`; did you mean `owned`%?")
  says("unknown field", "assets has no field .*ownr.*did you mean `owner`")
  says("unknown kind", "there is no kind `asets`; did you mean `assets`%?")
  says("unknown word", "in_us")
  says("unknown param", "the rule has no param `lest`; did you mean `least`%?")
  says("nothing to drop", "without: assets has no record z")
  says("unknown status", "`passed` is no status; did you mean `pass`%?")
end

function tests.a_failure_names_its_line(t)
  t.matches(about "bad: another key", 'at: "tests/samples/testing/a_5_9_sample_test.lua:48"')
end

function tests.coverage(t)
  local answer = testing.run { paths = { SAMPLE } }
  t.matches(answer.text, "ok %d+ %- A.5.9: coverage")
  t.equal({ answer.passed, answer.failed }, { 9, 10 })
end

function tests.a_rule_stands_for_the_test_beside_it(t)
  t.equal(testing.run({ paths = { "tests/samples/testing/a_5_9_sample.lua" }, pattern = "good: by its share" }).passed, 1)
end

function tests.nothing_is_passed_over_in_silence(t)
  t.equal(run("no such case").exit, 64)
  local answer = testing.run { paths = { "tests/samples/testing/nothing" }, fail_on_empty = true }
  t.equal(answer.exit, 66)
end

return tests
