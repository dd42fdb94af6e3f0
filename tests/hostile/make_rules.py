"""Hostile rules that are too big, too many or too odd for a file of lua/: made here, when the tests run.

cases() gives (name, header, text); the header states promise and expectation as the first line of a file in lua/ does.
"""
import re

DENIED = """io os debug package load loadstring loadfile dofile collectgarbage print warn coroutine pcall xpcall getmetatable setmetatable
rawget rawset rawlen _G _VERSION unpack module setfenv getfenv newproxy bit32 jit ffi arg engine assay isms params here judge
error_ require_""".split()
DENIED_IN = {"string": "dump pack unpack packsize", "math": "random randomseed pow", "table": "getn foreach maxn", "utf8": "upper",
             "re": "compile"}

FILE = """return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = @NEEDS@,
  check "it" {
    question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "{record}", remedy = "x",
    expect = function(person, isms, params) %s end,
  },
}
"""
HONEST = FILE % "return person.id ~= nil"


def sized(n):
    """An honest rule of n bytes: comments fill it up."""
    text = HONEST.replace("@ID@", "H.000").replace("@NEEDS@", '{ "people" }')
    line = "-- " + "x" * 76 + "\n"
    room = n - len(text)
    fill = line * (room // len(line))
    rest = room - len(fill)
    fill += "-" * (rest - 1) + "\n" if rest > 2 else " " * rest
    return (fill + text)


def constants(expression, want):
    """More than 256 constants in one function, then an expression on small ones."""
    many = "".join(f'"c{i}", ' for i in range(300))
    return f"local t = {{ {many} }}\nlocal x = {expression}\nreturn #t == 300 and x == {want}"


def syntax():
    yield "parentheses", "return " + "(" * 20000 + "1" + ")" * 20000
    yield "tables", "return " + "{" * 20000 + "}" * 20000
    yield "not", "return " + "not " * 15000 + "1"
    yield "minus", "return " + "- " * 30000 + "1"
    yield "powers", "return " + "2^" * 30000 + "1"
    yield "concats", "return " + "'x'.." * 12000 + "'x'"
    yield "functions", "return " + "function() return " * 3000 + "1" + " end" * 3000
    yield "blocks", "do " * 12000 + "end " * 12000
    yield "ifs", "if true then " * 3000 + "end " * 3000
    yield "fors", "for i=1,1 do " * 3000 + "end " * 3000
    yield "calls", "return f" + "(f" * 20000 + ")" * 20000
    yield "strings", "return [" + "=" * 60000 + "["
    yield "locals", "".join(f"local a{i}\n" for i in range(300))
    yield "upvalues", "".join(f"local a{i}\n" for i in range(150)) + "do " + "".join(f"local b{i}\n" for i in range(60)) + "end " * 2
    yield "gotos", "".join(f"goto l{i} ::l{i}:: " for i in range(2000)) + "goto nowhere"
    yield "names", "local " + "n" * 60000 + " = 1 return " + "n" * 5
    yield "numbers", "return " + "9" * 60000 + "e" + "9" * 300
    yield "escapes", 'return "' + "\\u{7fffffff}" * 3000 + '\\u{80000000}"'
    yield "comment", "--[[" + "x" * 60000
    yield "attributes", "local x <const> = 1 x = 2"
    yield "close_twice", "local a <close>, b <close> = nil, nil"
    yield "break_outside", "break"
    yield "label_twice", "::a:: ::a::"
    yield "jump_into_local", "goto a local x ::a:: return x"
    yield "chunk_of_bytes", "\x1bLua"


def raw():
    """Files whose very first bytes are odd, and bytes that may not stand in a rule."""
    good = HONEST.encode()
    yield "bytecode", b"\x1bLuaT\x00\x19\x93\r\n\x1a\n\x04\x08\x08xV\x00\x00\x00", "E0510"
    yield "bytecode_with_text_behind", b"\x1bLua\n" + good, "E0510"
    yield "byte_order_mark", b"\xef\xbb\xbf" + good, "E0510|pass"
    yield "byte_order_mark_utf16", b"\xff\xfe" + good.decode().encode("utf-16-le"), "E0510"
    yield "shebang", b"#!/usr/bin/lua\n" + good, "E0510"
    yield "shebang_behind_mark", b"\xef\xbb\xbf#!/usr/bin/lua\n" + good, "E0510"
    yield "nul", good + b"-- \x00\n", "E0510"
    yield "nul_in_text", good.replace(b'"{record}"', b'"{rec\x00ord}"'), "E0510"
    yield "nul_first", b"\x00" + good, "E0510"
    yield "broken_utf8", good.replace(b"Hostile", b"H\xffstile"), "E0510"
    yield "overlong_utf8", good.replace(b"Hostile", b"H\xc0\xafstile"), "E0510"
    yield "surrogate_utf8", good.replace(b"Hostile", b"H\xed\xa0\x80stile"), "E0510"
    yield "escape_in_comment", b"-- \x1b[31m\n" + good, "E0510"
    yield "bidi_in_comment", "-- \u202e hidden \u2066\n".encode() + good, "E0510"
    yield "bidi_in_text", good.replace(b"Hostile", "H\u202estile".encode()), "E0510"
    yield "zero_width_in_name", good.replace(b"person.id", "per\u200bson.id".encode()), "E0510"
    yield "carriage_returns", good.replace(b"\n", b"\r"), "E0510|pass"
    yield "carriage_returns_and_line_feeds", good.replace(b"\n", b"\r\n"), "pass"
    yield "vertical_tab", b"\x0b" + good, "E0510"
    yield "delete", b"-- \x7f\n" + good, "E0510"
    yield "c1", "-- \u0085\n".encode() + good, "E0510"
    yield "line_separator", "-- x\u2028return 1\n".encode() + good, "E0510|pass"
    yield "noncharacter", "-- \uffff\U0010ffff\n".encode() + good, "E0510|pass"
    yield "nothing", b"", "E0512|E0510"
    yield "blank", b" \n\t\n", "E0512"
    yield "only_a_mark", b"\xef\xbb\xbf", "E051"


BLOCKS = """acknowledged action actions alike assessed_scope around catalogued collected contains covers covers_id current derived_residual distinct
each_different earliest effectiveness engaged entitled evaluated exercises_of finished followed_up fresh good_run has held held_exercise
holders holds in_audience in_course_audience in_order in_period in_policy inherent is_top_management join known_level latest level manager
meets never_self newest not_future not_stamped nothing_ours nothing_restricted on_track once open_grant ours owned plan_in_force policy_in_force
production published rank recent reports_up reviewed_within rpo rto same_name sensitive serious share shortest substantive timely top_management
trusted with within word word_in""".split()
ODD = ["", "nil", "0/0", "math.huge", "math.mininteger", "-1", '""', '"x"', '"\\0\\xff"', '("x"):rep(100000)', "{}", "{{}}", "{1,nil,3}", "cycle",
       "function() end", "true", "person", "isms.people", "isms", "isms.as_of", 'duration "1 d"', 'duration "1 d" * math.huge', "params", "checks",
       "isms.accounts[1]", "_ENV", "re"]
SEVERAL = ['"ann", nil', "person, person, person, person", "isms.people, 'name', 0/0", "isms.people, 'nothing', 'x'", "nil, nil, nil, nil",
           "isms.as_of, isms.as_of, duration '1 d'", "{}, {}, {}", "'x', {'x', cycle}", "person, isms.people, 'name', 5, 5", "isms.people, {}, 'x'",
           "math.maxinteger, math.mininteger", "cycle, cycle, cycle", "print, 1", "isms.accounts, isms.people, 'id'"]
METHODS = """where each map first any all count sum min max group_by index_by sort_by newest unique supplied collected_at kind""".split()


def many(prefix, calls, lines="local checks = require 'checks'\nlocal cycle = {} cycle[1] = cycle\n"):
    """A file with a check for each call. Whatever comes of them, the process must live."""
    checks = "".join(
        f'  check "{prefix}{i}" {{ question = "?", tests = "operation", severity = "minor", weight = 1, over = "people", message = "m", remedy = "x",\n'
        f"    expect = function(person, isms, params) local _ = {call} return true end }},\n" for i, call in enumerate(calls))
    return f'{lines}return rule "@ID@" {{\n  title = "Hostile", intent = "Be stopped.", needs = {{ "people", "accounts", "risks", "soa" }},\n{checks}}}\n'


def fuzz():
    """Every building block and every method with odd arguments, two hundred calls a file."""
    calls = [f"checks['{block}']({odd})" for block in BLOCKS for odd in ODD + SEVERAL]
    things = ["isms.people", "isms.accounts[1]", "isms.as_of", 'duration "1 d"', "isms.catalog", "nil", "{}", '"x"', "isms"]
    calls += [f"isms.people['{method}'](isms.people, {odd or 'nil'})" for method in METHODS for odd in ODD + SEVERAL]
    calls += [f"isms.people['{method}']({thing}, 'id')" for method in METHODS for thing in things]
    calls += [f"{f}({odd})" for f in ("date", "duration", "re.test", "re.find", "re.match", "re.gmatch", "re.escape", "re.replace", "next", "pairs",
                                      "ipairs", "select", "tonumber", "tostring", "type", "rawequal", "table.sort", "table.concat", "table.unpack",
                                      "table.pack", "utf8.len", "utf8.codes", "string.rep", "string.format", "string.gsub", "string.find")
              for odd in ODD + SEVERAL]
    calls = [call for call in calls if "print" not in call]
    for i in range(0, len(calls), 100):
        yield f"calls_{i // 100:02d}", many("c", calls[i:i + 100])


def findings():
    """What may stand in a result: at its limit and around it. What is cut ends in a mark, what is left out is counted."""
    number = 480
    for n in (999, 1000, 1001):
        yield (f"{number}_findings_{n}", "-- P12 over same: fail", f"local list = {{}} for i = 1, {n} do list[i] = i end return list")
        number += 1
    for n in (4095, 4096, 4097):
        end = "x$" if n <= 4096 else "…$"
        yield (f"{number}_message_of_{n}", f'-- P12 same: fail matches "{end}"', 'local head = "people " .. person.id .. " does not hold: "\n'
               f'return false, {{ why = ("x"):rep({n} - #head) }}')
        number += 1


def cases():
    found = []
    for i, name in enumerate(DENIED):
        found.append((f"{500 + i}_denied_{name}", f'-- P3 contained: error matches "no global `{name}`"' if name not in ("isms", "params") else "-- P3 same: pass",
                      f"return {name} ~= nil"))
    number = 550
    for library, names in DENIED_IN.items():
        for name in names.split():
            found.append((f"{number}_denied_{library}_{name}", f'-- P3 contained: error matches "{library} has no `{name}`"', f"return {library}.{name} ~= nil"))
            number += 1
    for i, (name, text) in enumerate(syntax()):
        found.append((f"{600 + i}_syntax_{name}", "-- P1 refused: E0510" if name not in ("blocks", "numbers", "names") else "-- P1 refused: E0510 or pass or fail or error", text))
    for i, (name, text, want) in enumerate(raw()):
        verb = "same: pass" if want == "pass" else "refused: " + want.replace("|", " or ")
        found.append((f"{640 + i}_bytes_{name}", "-- P1 file " + verb, text))
    # promises about the compiler of 5.4.4: the value must be right, or the file refused
    for i, (expression, want) in enumerate([("1 | (2 or 3)", 3), ("1 ~ (2 or 3)", 3), ("1 & (3 or 2)", 1), ("5 // (2 or 3)", 2), ("7 - (2 or 3)", 5),
                                            ("1 << (2 or 3)", 4), ("2 == (2 or 3)", "true"), ("1 .. (2 or 3)", '"12"')]):
        found.append((f"{680 + i}_constants", "-- P8 same: pass or E05", constants(expression, want)))
    chain = 15000
    found.append(("690_chain_of_fields", "-- P1 contained: error or E0510", "local t = {} return t" + ".x" * chain + "()"))
    found.append(("691_chain_of_calls", "-- P1 contained: error", "local t = person return t" + ":x()" * 10000))
    found.append(("692_chain_of_upvalues", "-- P1 contained: error", "local t = {} return (function() return t" + ".x" * chain + "() end)()"))
    found.append(("693_chain_of_globals", "-- P1 contained: error", "return string" + ".x" * chain + "()"))
    for i, (n, want) in enumerate([(65535, "pass"), (65536, "pass"), (65537, "E0510"), (1 << 20, "E0510")]):
        text = sized(n)
        name = f"{694 + i}_source_of_{n}"
        text = text.replace("H.000", "H." + name[:3]).replace("{ \"people\" }", "{ \"people\" }")
        assert len(text) == n, (n, len(text))
        found.append((name, f"-- P12 file {'same: pass' if want == 'pass' else 'refused: ' + want}", text))
    found += findings()
    for i, (name, text) in enumerate(fuzz()):
        found.append((f"{700 + i}_{name}", "-- P1 file contained: error or pass or fail or unknown or limit", text))
    assert all(re.match(r"\d{3}_", name) for name, _, _ in found)
    return found
