#!/usr/bin/env python3
"""Writes the seeds of every fuzz target: tests/fuzz/seeds.py FOLDER gives FOLDER/fuzz_yaml/000 and so on.

All of them are made here, from small samples of our own; dictionaries beside this file give the words.
"""
import io
import json
import pathlib
import sys
import tarfile
import zipfile

FLAGS = [b"\0", b"\1", b"\2"]

YAML = [
    "", "a: 1\n", "- 1\n- two\n- 3.5\n- null\n- true\n- 0x1F\n- .inf\n- ~\n", "{a: [1, {b: c}], 'd': \"e\\u00e9\\n\"}\n",
    "a: &x {k: v, l: [1, 2]}\nb: *x\nc: {<<: *x, k: w}\n", "--- 1\n--- 2\n...\n", "%YAML 1.2\n%TAG ! tag:x,2026:\n---\na: !!str 12\nb: !!int '3'\n",
    "a: |\n  block\n   text\nb: >-\n  folded\n  text\n", "a: 1\na: 2\n", "? [1]\n: x\n", "a: &a [*a]\n", "no: on\nwhen: 1:30\nn: 1_000\n", "a: 'it''s'\n# end",
    "\ufeffa: 1\n", "a:\tb\n", "a: b: c\n", "[[[[[[[[1]]]]]]]]", "{? a : b, c}", "- - - a\n    - b\n",
    "people:\n  - id: ann\n    name: Ann\n    skills: [a, b]\n",
]
JSON = [
    "{}", "[]", "null", "1", "-0.5e10", '"text"', '{"a":1,"b":[true,false,null],"c":{"d":"\\u00e9\\n\\ud83d\\ude00"}}', "[1,2.5,1e308,9007199254740993,18446744073709551616]",
    '{"a":1,"a":2}', "[[[[[[[[1]]]]]]]]", '{"k":"\\u0000"}', "[1,]", '{"a"}', "nul", '"\\ud800"', "1e999", "[1 2]", "{} {}", ' \n{"a" : [ ] }\n', '"\u00e9\u2028"',
    "123456789012345678901234567890", '{"longer key than twelve":"longer value than twenty-four"}', "-", "0123", "\ufeff[]",
]
CSV = [
    "id,name\n1,Ann\n2,Bob\n", 'id;name\n1;"Ann; B"\n2;"say ""hi"""\n', "id\tname\r\n1\tAnn\r\n", "a|b|c\n1|2|3", "id,name\n1\n2,3,4\n", '"a b",c\n"x\ny",z\n',
    "a,a\n1,2\n", "a,,b\n1,2,3\n", "a,b\n1,\"x\n", "a,b\nx\"y,z\n", " a , b \n 1 , 2 \n", "only\n1\n\n2\n", "a,b\n,\n", "\ufeffid,name\n1,Ann\n", "", "\n\n",
    "Report of June\nmade by x\nid,name\n1,Ann\n", "a,b,c,d,e,f\n1,2,3,4,5,6\n",
]
XML = [
    "<a/>", "<a b='1'>text</a>", "<r><h n='1'><i>x</i><i>y</i></h><h n='2'/></r>", "<?xml version='1.0' encoding='UTF-8'?><!-- c --><a><![CDATA[<&>]]></a>",
    "<a>&lt;&amp;&#65;&#x42;</a>", "<!DOCTYPE a [<!ENTITY x 'y'>]><a>&x;</a>", "<!DOCTYPE a><a/>", "<p:a xmlns:p='u' p:b='c' xsi:type='t'><p:c/></p:a>", "<a>mixed <b>text</b> here</a>",
    "<a><b></a></b>", "<a", "<a>", "<a b='1' b='2'/>", "<a>&nope;</a>", "<?xml version='1.0' encoding='latin1'?><a/>", "<?pi x?><a><b/><?pi y?></a>",
    "<Report><ReportHost name='h'><ReportItem severity='3' port='443'><cve>CVE-2026-0001</cve><cve>CVE-2026-0002</cve></ReportItem></ReportHost></Report>",
]
TEXTS = [
    (r"(?<time>\S+) (?<user>\w+) (?<what>.*)", "^#", "2026-01-02T03:04:05Z ann logged in\n# comment\n2026-01-02T03:05:00Z bob left\nnonsense\n"),
    (r"^(?<a>[^|]*)\|(?<b>\d*)$", "", "x|1\ny|\n|\n"),
    (r"(?<k>(a+)+)$", "", "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\n"),
    (r"(?<k>.)(?<k>.)", "", "ab\n"), ("(", "", "x\n"), (r"(?<a>x)?(?<b>y)?", "^$", "x\ny\n\nxy\n"), ("", "", "a\n"), (r"(\w+)", "", "no names\n"),
]
TIMES = [
    "2026-01-31\n2026-01-31T08:15:00Z\n90 d\n", "2026-01-31T08:15:00.5+02:00\n2026-01-31 23:59:60Z\n15 min\n4 h\n", "0001-01-01\n9999-12-31T23:59:59.999999999Z\n1 s\n-1 w\n",
    "2024-02-29\n2023-02-29\n0.5 h\n1.000000001 s\n", "2 weeks\n3 minutes\n1 hour\n9223372036854775807 s\n-9223372036854775807.5 s\n", "2026-01-31T00:00:00-23:59\n365 days\n24 h\n",
]
MAPS = [
    ("Results[].Vulnerabilities[]", "**/*.json", "a/b/c.json", "Results:\n  - Vulnerabilities: [{id: 1}]\n"),
    ("{a} {../b.c}", "*.csv", "x.csv", "a: 1\nb: {c: 2}\n"), ("labels.\"app.kubernetes.io/name\"?", "?.yaml", "a.yaml", "labels: {app.kubernetes.io/name: x}\n"),
    ("body|json[].id", "a/**", "a", "body: '[{\"id\": 1}]'\n"), ("body|csv[0].name", "**", "", "body: \"name,x\\na,b\\n\"\n"), ("..", "a*b*c*d", "axbxcxd", "[[1]]"), (".", "***", "//", "x"),
    ("@name.text()", "a?c", "abc", "'@name': {'text()': x}\n"), ("[]", "*/*/*", "a/b/c", "- 1\n- [2]\n"), ("a}", "{", "}", "1"), ("{a", "a", "a", ""),
]
MANIFESTS = [
    "organization: {id: acme, name: Acme}\nas_of: 2026-06-30\nperiod: {from: 2026-01-01, to: 2026-06-30}\n",
    "as_of: 2026-06-30T12:00:00Z\ndocuments:\n  - path: people.csv\n    kind: people\n    source: HR\n    collected_at: 2026-06-29\n"
    "    map: {id: No, name: '{First} {Last}', kind: null}\n    words: {kind: {Staff: employee, Extern: third_party}}\n    set: {boss: ann}\n    defaults: {start_date: 2020-01-01}\n",
    "defaults: {source: x, collected_at: 2026-06-01}\ndocuments:\n  - {path: '*.json', kind: accounts, at: 'items[]', map: {id: ../id, person_id: user.name, seen_at: t}}\n  - people.yaml\n",
    "documents:\n  - {path: log.txt, kind: reads, format: text, pattern: '(?<person_id>\\w+) (?<read_at>\\S+)', skip: '^#'}\n",
    "documents:\n  - {path: a.csv, kind: assets, format: csv, delimiter: ';', skip_lines: 2, sha256: " + "0" * 64 + "}\n",
    "documents:\n  - {path: ../x}\n  - {path: /etc/x}\n  - {kind: nonsense}\n  - {path: a, unknown: 1}\n", "documents: 3\n", "- 1\n", "organization: x\n",
    "documents:\n  - {path: s.xml, kind: assets, at: 'Report.ReportHost[]', map: {id: name, note: 'HostProperties.tag[]'}}\n",
]
KINDS = [
    "people:\n  title: People\n  key: id\n  fields:\n    id: string!\n    name: string\n    boss: ref(people) # who decides\n    skills: list(string)\n",
    "a:\n  title: A\n  single: true\n  fields: { x: integer, y: number, z: percent, b: boolean, d: date!, t: time, u: duration, e: 'enum(one, two)', l: 'list(enum(a, b))', r: 'list(ref(a))' }\n",
    "a: {title: A, key: nope, fields: {x: strin}}\n", "A: {}\n", "a: {title: T, fields: {x: 'ref(b)'}}\n\0b: {title: B, key: id, fields: {id: string!}}\n",
    "a: {title: T, fields: {x: 'list(list(string))'}}\n", "a: {title: T, fields: {}}\n", "a: {title: T, fields: {x: 'enum()', y: 'enum(a,a)'}}\n",
]
SHOWN = [
    "plain", "\x1b[31mred\x1b[0m", "a\nb\tc\r", "\u202eright to left", "\u200bzero width", "caf\u00e9 \u4e16\u754c", "\x00\x7f\x9b", "name\nmessage\nsource line with a caret\n", "e\u0301",
]
PATTERNS = [
    ("(a+)+$", "aaaaaaaaaaaaaaaaaaaaaaaab"), (r"(?<year>\d{4})-(?<m>\d\d)", "2026-01 and 2025-12"), (r"\bfoo\b|bar(?=x)", "foo barx bar"), (r"(?i)\p{L}+", "Caf\u00e9 \u4e16"),
    ("(", "x"), (r"(*LIMIT_MATCH=1)a*", "aaa"), (r"\Cx", "x"), (r"(?R)?a", "aaa"), ("(?:(?:(?:a)))", "a"), (r"a\Kb", "ab"), ("(?=a\\K)", "aa"), ("^", "a\nb"), ("", ""), (r"(?J)(?<n>a)|(?<n>b)", "ab"),
    (r"[^\W\d_]{2,5}?", "ab12cd"), (r"(a)|b", "b"), (r"(?C1)a", "a"), (r"\x{110000}", "a"),
]
BUNDLES = [
    {"bundle.yaml": "organization: {id: acme}\nas_of: 2026-06-30\n", "people.yaml": "- {id: ann, name: Ann, start_date: 2020-01-01}\n- {id: bob, boss: ann, skills: [a]}\n",
     "accounts.csv": "id,system,person_id,status,mfa,asset_ids\n1,crm,ann,active,true,x;y\n2,erp,zoe,disabled,no,\n"},
    {"people.json": '[{"id":"ann","left_at":"2026-06-01"},{"id":"ann"}]', "accounts.okta.ndjson": '{"id":"1","status":"active"}\n{"id":2,"status":"nope"}\n{broken\n'},
    {"bundle.yaml": MANIFESTS[1], "people.csv": "No,First,Last,kind\n1,Ann,Example,Staff\n2,Bob,,Extern\n"},
    {"bundle.yaml": MANIFESTS[2], "x.json": '{"id":7,"items":[{"user":{"name":"ann"},"status":"active","t":"2026-01-01T00:00:00Z"}]}', "people.yaml": "records: {ann: {name: Ann}}\nkind: people\nsource: HR\n"},
    {"bundle.yaml": MANIFESTS[3], "log.txt": "# x\nann 2026-01-01\nbob 2026-02-30\n"},
    {"bundle.yaml": "documents: [{path: a.yaml, kind: assets}]\nas_of: 2026-06-30\n", "a.yaml": "kind: assets\ncollected_at: 2026-06-01\nrecords:\n  - {id: x, share: 50 %, tries: 3, keep: 90 d}\n", "other.csv": "a\n1\n"},
    {"bundle.yaml": MANIFESTS[9], "s.xml": XML[-1]}, {"reads.csv": "person_id;read_at\nann;2026-01-01\n", "sub/people.yaml": "--- {id: a}\n--- {id: b}\n"}, {"organization.yaml": "id: acme\nheadcount: 12\n"},
]
RULES = [
    'rule "A.5.9" { title = "T", intent = "I", needs = { "assets", "people?" }, params = { share = { default = 95, unit = "percent", meaning = "m" } },\n'
    '  check "owned" { question = "Q?", tests = "operation", severity = "major", weight = 3, over = "assets", expect = { filled "name", owned "owner" },\n'
    '    at_least = "share", message = "{name} has no owner: {why}", remedy = "give it one" } }',
    'local checks = require "checks"\nreturn rule "A.5.9" { title = "T", intent = "I", needs = { "accounts", "people" },\n  params = { within = { default = "4 h", meaning = "m" } },\n'
    '  check "leavers" { question = "Q?", tests = "operation", severity = "major", weight = 5, over = function(isms) return isms.accounts:where{ status = "active" } end,\n'
    '    expect = function(a, isms, params) return not a.person or not a.person.end_date or a.person.end_date + params.within >= isms.as_of, { days = isms.as_of - a.person.end_date } end,\n'
    '    message = "{person} left {days} ago", remedy = "r" } }',
    'return rule "A.5.9" { title = "T", intent = "I", needs = { "assets" }, check "whole" { question = "Q?", tests = "design", severity = "minor", weight = 1,\n'
    '  holds = function(_, isms) local n = 0 for a in isms.assets:each() do n = n + #tostring(a) end return n > 3, { n = n } end, empty = "fails", message = "{n}", remedy = "r" } }',
    'return rule "A.5.9" { title = "T", intent = "I", needs = { "assets" }, check "loop" { question = "Q?", tests = "design", severity = "minor", weight = 1,\n'
    '  holds = function() while true do end end, message = "m", remedy = "r" } }',
    'return rule "A.5.9" { title = "T", intent = "I", needs = { "assets" }, check "s" { question = "Q?", tests = "design", severity = "minor", weight = 1,\n'
    '  holds = function() local s = ("x"):rep(100) local t = { s:find("(x+)x") } table.sort(t, function(a, b) return tostring(a) < tostring(b) end) for k, v in pairs(t) do s = s .. k end\n'
    '    return re.test(s, "^x+\\\\d") and date "2026-01-31" + duration "1 d" > date "2026-01-01" end, message = "m", remedy = "r" } }',
    'extend "A.5.9" { params = { x = { default = 1, unit = "count", meaning = "m" } }, without "owned" }', 'return 1', 'x = 1', 'return rule "A.5.9" {}', 'for i = 1, 10 do', '', '\x1bLua', 'error({})',
    'string.rep = 1', 'setmetatable({}, { __gc = 1 })', 'local t = setmetatable({}, { __index = function(t, k) return t[k .. k] end }) return t.x', 'return #("").x.y',
    'local function f() return f() + 1 end return f()', 'return ("a"):gsub("()", "%1")', 'goto x ::x:: return 1 | 2 // 0', 'local a <const>, b <close> = 1, nil return a',
]

SELECTORS = [
    "A.5.18", "A.5.*", "6.*\nA.8.34", "*", "**", "?.?", "A.5.1?\n10.*", "A.5", "A.5.81", "", "\n", "A.*.1*", "*****************************x", "*?*?*?*?", "acme.1", "ACME.*", "**/4.1", "A.5.[19]*", "^4.1$",
    "A.5.18\0", "\u00e9?", "a.5.18", "4.1\n4.1\n4.1", "-",
]

REQUIREMENT = {"id": "A.5.9", "kind": "control", "theme": "organizational", "title": "Inventory", "status": "ineffective", "score": 40.0, "credit": 0.4, "reason": "1 of 2",
               "design": "pass", "operation": "fail", "checks": [{"name": "owned", "question": "Q?", "tests": "operation", "severity": "major", "weight": 3, "status": "fail", "population": 2,
               "tested": 2, "failed": 1, "share": 0.5, "findings": [{"key": "erp", "kind": "assets", "document": "a.yaml", "line": 3, "message": "no owner", "grade": "minor_nc", "values": {"name": "ERP"}}]}]}
LOADED = {"rules": [{"id": "A.5.9", "pack": "p", "path": "a.lua", "sha256": "0" * 64, "phase": "control", "needs": ["assets"], "selected": True, "kind": "control", "title": "Inventory"},
          {"id": "6.1.2", "pack": "p", "path": "b.lua", "phase": "clause", "selected": True}], "catalog": ["6.1.2", "A.5.9", "A.5.10"],
          "unjudged": [{"id": "A.5.10", "status": "not_evaluated", "credit": 0.0, "checks": []}], "packs": [{"name": "p", "version": "1", "sha256": "1" * 64, "path": "rules"}],
          "params": {"A.5.9.share": "95 percent"}, "config": {"store": "x"}, "errors": 0}
BUNDLE = {"name": "acme", "as_of": "2026-06-30", "period": {"from": "2026-01-01", "to": "2026-06-30"}, "incomplete": False, "documents": 1, "records": 2}
DOCUMENTS = [{"path": "a.yaml", "kind": "assets", "sha256": "3" * 64, "bytes": 10, "records": 2, "left_out": 0, "readable": True}]
DIAGS = [{"code": "E0301", "severity": "error", "document": "a.yaml", "line": 3, "column": 1, "message": "m", "help": "h", "source": "s"}]
DERIVED = {"model": "matrix", "criteria": {"model": "matrix", "likelihood_levels": 5, "impact_levels": 5, "bands": [{"level": "low", "upto": 4}], "params": {"a": 1}},
           "risks": [{"id": "r1", "title": "R", "assets": ["crm"], "inherent": {"likelihood": 4, "impact": 5, "score": 20, "level": "high"}, "residual": {"score": 8, "raw": 8.5, "level": "medium"},
                      "understated": False, "acceptance": {"required": True, "state": "none"}, "explain": [{"control": "A.5.9", "text": "t"}]}]}
SUMMARY = {"effectiveness": 40.0, "coverage": 50.0, "assurance": 20.0, "applicable": 3, "tested": 2, "total": 3, "by_status": {"ineffective": 1}, "grades": {"minor_nc": 1},
           "risks": {"total": 1, "open": 1, "by_level": {"medium": 1}}, "next": [{"id": "A.5.9", "title": "Inventory", "message": "m", "risks": ["r1"], "fall": 2}]}


WALLS = {"landlock": 3, "seccomp": True, "rlimits": True, "privileges": "none"}


QUERIES = [
    "SELECT a.id, p.name FROM accounts a LEFT JOIN people p ON p.id = a.person_id WHERE a.status = 'active' ORDER BY 1", "SELECT t.value, count(*) FROM accounts, json_each(asset_ids) t GROUP BY 1",
    "WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c) SELECT x FROM c", "SELECT seconds(keep), max(keep), min(keep) FROM assets GROUP BY keep > '36 h'", "EXPLAIN QUERY PLAN SELECT * FROM people WHERE id = 'ann'",
    "SELECT * FROM _columns WHERE table_name = 'people'", "SELECT _record, _document, _line, _key FROM reads", "DROP TABLE people", "SELECT id FROM acounts", "SELECT id FROM people WHERE name = \"Ann\"", "SELECT * FROM results",
    "SELECT id, row_number() OVER (PARTITION BY kind ORDER BY start_date) FROM people", "ATTACH 'x' AS y", "SELECT 1; SELECT 2", "-- x\nSELECT 1 /* y", "SELECT '\xff", "SELECT 1\0", "VALUES (1, x'00', NULL, 1.5, 'x')",
    "status = 'active' AND mfa", "person_id = 'ann' OR system IN ('crm', 'erp')", "start_date < '2021' AND left_at IS NULL", "seen_at >= '2026-01-01T08:00:00Z'", "keep = '36 h' OR keep > '2 d'", "tries BETWEEN 5 AND 7.5",
    "quota < 9007199254740993", "id = 5", "id > 'a' AND id <> 'ann'", "_key = 'ann' AND _line > 0", "boss = (SELECT id FROM people WHERE name = 'Ann' LIMIT 1)", "kind IS NOT 'board'", "status = 'activ'", "left_at = '1.6.2026'",
    "asset_ids = 's1'", "note IS NOT NULL AND note LIKE 'x_y'", "seen_at = datetime('now')", "start_date COLLATE BINARY < 'x'", "mfa = TRUE", "EXISTS (SELECT 1 FROM reads WHERE read_at < start_date)", "rowid IN (1, 3)", "share = '50'",
]


def messages(*items):
    """Lines of the fuzz target of frames: type as a letter from A, stream, value."""
    return "".join("%s %d %s\n" % (chr(65 + kind), stream, json.dumps(value)) for kind, stream, value in ((10, 0, WALLS), *items)).encode()


def frames():
    """Whole evaluations, as a worker sends them, and some that break off or lie."""
    one = [(3, 0, BUNDLE), (4, 0, DOCUMENTS), (2, 0, DIAGS), (5, 0, {"step": 0}), (6, 0, {"step": 0, "value": REQUIREMENT}),
           (6, 0, {"step": 1, "fault": {"fault": "time", "where": "p/b.lua:3\nx"}}), (6, 0, {"step": 2, "value": DERIVED}), (6, 0, {"step": 3, "value": SUMMARY}), (8, 0, {"status": "ok"})]
    two = [(kind, 1, value) for kind, _, value in one]
    yield messages((1, 0, LOADED), *one, *two)
    yield messages((1, 0, LOADED), *[m for pair in zip(two, one) for m in pair])
    yield messages((1, 0, LOADED), *one[:5])
    yield messages((1, 0, LOADED), (8, 0, {"status": "crash", "how": "SIGSEGV"}), (8, 1, {"status": "missing"}))
    yield messages((2, 0, DIAGS), (7, 0, {"fault": "memory", "where": "x:1"}))
    yield messages((1, 0, dict(LOADED, errors=1)))
    yield messages((1, 0, LOADED), one[0], (6, 0, {"step": 0, "value": dict(REQUIREMENT, id="A.9.9", rule={"path": "forged"})}), *one[5:])
    yield messages((1, 0, LOADED), one[0], (6, 0, {"step": 0, "value": {"id": 1}}), *one[5:])


def archives():
    files = {name: text.encode() for name, text in BUNDLES[0].items()}
    for mode in ("w", "w:gz"):
        out = io.BytesIO()
        with tarfile.open(fileobj=out, mode=mode, format=tarfile.PAX_FORMAT) as tar:
            for name, data in files.items():
                info = tarfile.TarInfo(name)
                info.size = len(data)
                tar.addfile(info, io.BytesIO(data))
        yield out.getvalue()
    for method in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        out = io.BytesIO()
        with zipfile.ZipFile(out, "w", method) as archive:
            for name, data in files.items():
                archive.writestr(zipfile.ZipInfo(name), data, method)
        yield out.getvalue()
    usual = zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT
    zipfile.ZIP64_LIMIT = zipfile.ZIP_FILECOUNT_LIMIT = 0
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr(zipfile.ZipInfo("people.yaml"), files["people.yaml"])
    zipfile.ZIP64_LIMIT, zipfile.ZIP_FILECOUNT_LIMIT = usual
    yield out.getvalue()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.GNU_FORMAT) as tar:
        info = tarfile.TarInfo("people.yaml")
        info.size = 1 << 40
        tar.fileobj.write(info.tobuf(tarfile.GNU_FORMAT))
    yield out.getvalue()
    out = io.BytesIO()
    with tarfile.open(fileobj=out, mode="w", format=tarfile.USTAR_FORMAT) as tar:
        for kind, name in ((tarfile.SYMTYPE, "link"), (tarfile.DIRTYPE, "dir"), (tarfile.CHRTYPE, "dev"), (tarfile.REGTYPE, "../up"), (tarfile.REGTYPE, "/abs"), (tarfile.LNKTYPE, "hard")):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, "bundle.yaml"
            tar.addfile(info)
    yield out.getvalue()
    yield b""
    yield b"PK\x05\x06" + b"\0" * 18


def flagged(texts, flags=FLAGS):
    return [flag + (text if isinstance(text, bytes) else text.encode()) for text in texts for flag in flags]


def lines(*parts):
    return "\n".join(parts)


def bundle(files):
    return "".join("@@ %s\n%s" % (name, text if text.endswith("\n") else text + "\n") for name, text in files.items())


def all_seeds():
    return {
        "fuzz_yaml": flagged(YAML), "fuzz_json": flagged(JSON), "fuzz_xml": flagged(XML, FLAGS[:2]),
        "fuzz_ndjson": flagged(JSON + ["\n".join(JSON[:8]), '{"a":1}\n{"a":2}\r\n\n{"a":\n[]\n']),
        "fuzz_csv": flagged(CSV, [b"\0\0", b"\1\0", b"\x0a\0", b"\x0c\0", b"\0\x82"]) + flagged([CSV[0].encode("utf-16")], [b"\0\0"]),
        "fuzz_text": flagged([lines(*t) for t in TEXTS], FLAGS[:2]), "fuzz_dates": [t.encode() for t in TIMES],
        "fuzz_map": [lines(*m).encode() for m in MAPS], "fuzz_manifest": [m.encode() for m in MANIFESTS], "fuzz_kinds": [k.encode() for k in KINDS],
        "fuzz_show": flagged(SHOWN, [b"\0\0", b"\3\5"]) + [b"\1\1\xff\xfe\xc0\x80"], "fuzz_regex": flagged([lines(*p) for p in PATTERNS], FLAGS[:2]),
        "fuzz_bundle": flagged([bundle(b) for b in BUNDLES], FLAGS), "fuzz_rule": [r.encode() for r in RULES],
        "fuzz_frame": [flag + b"\x80" + f for f in frames() for flag in (b"\0", b"\4")] + [b"\2\xff" + b"ASf1\x02\0\0\0\0\0\0\0\x06\0\0\0AN1\n\x05\0\0"],
        "fuzz_select": [s.encode() for s in SELECTORS],
        "fuzz_sql": [q.encode() for q in QUERIES],
        "fuzz_archive": flagged(list(archives()), [b"\0", b"\1"]),
    }


def main():
    for target, seeds in all_seeds().items():
        folder = pathlib.Path(sys.argv[1]) / target
        folder.mkdir(parents=True, exist_ok=True)
        for i, seed in enumerate(seeds):
            (folder / ("%03d" % i)).write_bytes(seed)


main()
