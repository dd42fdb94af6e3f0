-- How the outcome of tests is written: what is cut, shown once, made safe.

local junit = require "testing_junit"
local pretty = require "testing_pretty"
local tap = require "testing_tap"

local tests = {}

local function document(problems, name)
  return { notes = {}, files = { { path = "x_test.lua", class = "x", package = "x", points = { { name = name or "case", ok = false, at = "x_test.lua:3", problems = problems } } } } }
end

local function survivor(source, caret)
  return document { { what = "no case notices it", source = source, caret = caret } }
end

local LINE = "return one.long_name == another.long_name and third.long_name ~= nil or not fourth.long_name"

function tests.a_mark_stands_below_what_is_meant(t)
  local text = pretty.write(survivor(LINE, 22), {})
  t.matches(text, "\n      " .. LINE:gsub("%p", "%%%0") .. "\n" .. (" "):rep(6 + 21) .. "%^\n")
end

function tests.long_lines_are_cut_around_the_mark(t)
  for caret = 1, #LINE do
    local text = pretty.write(survivor(LINE, caret), { width = 40 })
    local shown, mark = text:match "\n      ([^\n]*)\n      ( *)%^\n"
    t.is_true(utf8.len(shown) <= 34, shown)
    t.equal(shown:gsub("…", "."):sub(#mark + 1, #mark + 1), LINE:sub(caret, caret), shown)
  end
end

function tests.cutting_leaves_characters_whole(t)
  local line = ("é"):rep(60)
  for caret = 1, #line, 2 do
    local text = pretty.write(survivor(line, caret), { width = 40 })
    t.is_true(utf8.len(text) ~= nil and not text:find("\\x", 1, true), text)
  end
end

function tests.findings_are_shown_once_for_a_check(t)
  local findings = { { text = "a1: broken", values = { "status = active" } } }
  local text = pretty.write(document {
    { what = "one: keys", check = "one", expected = "a2", got = "a1", findings = findings },
    { what = "one: message 1", check = "one", expected = "x", got = "broken", findings = findings },
  }, {})
  local _, count = text:gsub("a1: broken", "")
  t.equal(count, 1)
  t.matches(text, "\n          status = active\n")
end

function tests.nothing_reaches_the_terminal_unescaped(t)
  local hostile = "a\27[2Jb\u{202E}c\ad\xFF"
  local text = pretty.write(document({ { what = hostile, got = hostile, source = hostile, caret = 1 } }, hostile), {})
  local protocol = tap.write(document({ { what = hostile, got = hostile } }, hostile))
  for _, one in ipairs { text, protocol } do
    t.is_true(not one:find "[\27\a\xFF]" and not one:find("\u{202E}", 1, true), one)
    t.is_true(utf8.len(one) ~= nil)
  end
end

function tests.tap_names_hold_no_directives(t)
  t.matches(tap.write(document({ { what = "x" } }, "a # TODO b")), "\nnot ok 1 %- a \\# TODO b\n")
end

function tests.junit_holds_only_what_xml_can(t)
  local text = junit.write(document({ { what = "a\0b\27 <&>\"", got = "\u{FFFE}" } }, "  two\n words "), { timestamp = "2026-01-31T12:00:00" })
  t.matches(text, 'name="two words"')
  t.matches(text, 'message="a\\u{0}b\\u{1B} &lt;&amp;&gt;&quot;"')
  t.is_true(not text:find "[\0\27]" and not text:find("\u{FFFE}", 1, true))
end

return tests
