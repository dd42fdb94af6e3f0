-- Ids of requirements, and text that is safe to show.

local ids = require "ids"
local plain = require "plain"

local tests = {}

function tests.ids_from_file_names(t)
  t.equal(ids.from_file("annex_a/a_5_18_access_rights.lua"), "A.5.18")
  t.equal(ids.from_file("6_1_2_risk_assessment.lua"), "6.1.2")
  t.equal(ids.from_file("clauses/10_1.lua"), "10.1")
  t.equal(ids.from_file("acme_1_own.lua"), "ACME.1")
  t.equal(ids.from_file("a_8_5_2fa_everywhere.lua"), "A.8.5")
  t.equal(ids.from_file("tailoring.lua"), nil)
  t.equal(ids.from_file("our_own_7.lua"), nil)
end

function tests.order(t)
  local list = { "A.5.10", "A.5.9", "10.1", "4.1", "A.6.1", "6.1.2", "6.2" }
  table.sort(list, ids.before)
  t.equal(table.concat(list, " "), "4.1 6.1.2 6.2 10.1 A.5.9 A.5.10 A.6.1")
end

function tests.nothing_moves_the_cursor_or_hides(t)
  t.equal(plain.safe("a\27[31mred"), "a\\u{1B}[31mred")
  t.equal(plain.safe("two\r\nlines\tand a tab"), "two lines and a tab")
  t.equal(plain.safe("a\u{202E}b"), "a\\u{202E}b")
  t.equal(plain.safe("a\u{200B}b"), "a\\u{200B}b")
  t.equal(plain.safe("a\u{9B}b"), "a\\u{9B}b")
  t.equal(plain.safe("a\255b"), "a\\xFFb")
  t.equal(plain.safe("\xC3"), "\\xC3")
  t.equal(plain.safe("Zürich → 東京"), "Zürich → 東京")
  t.equal(plain.safe(nil), "nil")
end

function tests.widths(t)
  t.equal(plain.width("abc"), 3)
  t.equal(plain.width("Zürich"), 6)
  t.equal(plain.width("東京"), 4)
  t.equal(plain.pad("ab", 4), "ab  ")
  t.equal(plain.pad("ab", 4, true), "  ab")
  t.equal(plain.pad("abcdef", 4), "abcdef")
end

function tests.wrapping_cuts_nothing(t)
  local lines = plain.wrap("one two three averyverylongword four", 9)
  t.equal(table.concat(lines, "|"), "one two|three|averyverylongword|four")
  t.equal(#plain.wrap("", 10), 1)
end

return tests
