"""Hostile rules: the cases of lua/ and of make_rules.py, packed into rule packs, evaluated, and held to what they state.

A case is a file lua/NNN_name.lua. Its first line states promise and expectation:

    -- P2 contained: limit=time                      the rule gets an error that names this limit (time, memory, hang)
    -- P2 contained: limit                           … or any of them
    -- P3 contained: error matches "no global"       the rule gets an error, and its reason matches
    -- P4 same: pass                                 nothing happens: the check comes out so (pass, fail, n_a, unknown)
    -- P11 same: fail matches "x1b"                  … and a message or reason of it matches
    -- P1 refused: E0510 matches "BOM"               the file is refused with this diagnostic; only its rule is lost
    -- P1 refused whole: E0580                       the run is refused (exit 65); the case is run alone

Several may be joined by `or`. Behind the promise may stand how the text is made a rule: `expect` (the default: the text is the body
of function(person, isms, params)), `over` (body of function(isms, params); its members all fail), `holds` (body of
function(_, isms, params)), `top` (runs while the file is loaded, before an honest rule) or `file` (the text is the
whole file; @ID@ stands for the id). The rules are evaluated many in one run, where each must meet its own end.
"""
import os
import re

import harness
import make_rules

LOAD_MB = 256 # all packs together are loaded under limits of their own
LOAD_SECONDS = 6.0 # … and a little
LIMIT = {"time": "it takes more than .* s \\(--limit-time\\)", "memory": "it needs more than .* MB of memory \\(--limit-memory\\)",
         "hang": "it did not end within", "steps": "it takes more than .* steps"}
MEMORY_MB = 32
SECONDS = 1.0 if harness.SANITIZED else 0.25
PATIENT = 10.0 # seconds for rules that meet no limit, however slow the machine
BATCH = 40   # rules of one run
SLOW = 12    # of these, rules that need their whole time
TOLD = 6     # … and refused files, of which stderr shows the first twenty diagnostics
ROOM_MB = 64 # what a rule may need beyond its limit
NEEDS = '{ "people", "accounts" }'

RULE = """
return rule "@ID@" {
  title = "Hostile", intent = "Be stopped.", needs = @NEEDS@,
  check "it" {
    question = "Is it stopped?", tests = "operation", severity = "minor", weight = 1,
    @PARTS@
    message = "{record} does not hold: {why}", remedy = "None.",
  },
}
"""
PARTS = {
    "expect": 'over = "people", empty = "lacks_evidence", expect = function(person, isms, params) @BODY@\nend,',
    "over": "empty = 'lacks_evidence', over = function(isms, params) @BODY@\nend, expect = function(member) return member == 0 end,",
    "holds": "holds = function(_, isms, params) @BODY@\nend,",
    "top": 'over = "people", expect = function(person) return person.id ~= nil end,',
}

HEADER = re.compile(rb"-- (P\d+) (?:(expect|over|holds|top|file) )?(contained: |same: |refused: |refused whole: )(.+)")
WANT = re.compile(r'(\S+?)(?: matches "(.*?)")?(?: or |$)')


class Case:
    def __init__(self, name, text, header=None):
        self.name, self.number, self.text = name, name.split("_")[0], text
        found = HEADER.match(header.encode() if header else text.split(b"\n", 1)[0])
        if not found:
            raise SystemExit(f"{name}: the first line states no expectation")
        promise, form, verb, rest = (part.decode() if part else None for part in found.groups())
        self.promise, self.form, self.verb = promise, form or "expect", verb.rstrip(": ")
        self.wants = WANT.findall(rest)
        self.slow = any(word in ("limit=time", "limit=hang") for word, _ in self.wants)
        self.left_out = any(word == "E0632" for word, _ in self.wants)  # after its loading took its time
        self.limited = self.left_out or any(word.startswith("limit") for word, _ in self.wants)
        self.loads = self.form in ("file", "top")  # it has a say while it is loaded
        self.id = "H." + self.number

    def file(self):
        text = self.text
        if self.form != "file":
            parts = PARTS[self.form].encode().replace(b"@BODY@", b"" if self.form == "top" else text)
            text = (text if self.form == "top" else b"") + RULE.encode().replace(b"@PARTS@", parts)
        return text.replace(b"@ID@", self.id.encode()).replace(b"@NEEDS@", NEEDS.encode())


def cases(promise=None):
    found = []
    folder = os.path.join(harness.HERE, "lua")
    for name in sorted(os.listdir(folder)):
        with open(os.path.join(folder, name), "rb") as f:
            found.append(Case(name[:-len(".lua")], f.read()))
    for name, header, text in make_rules.cases():
        found.append(Case(name, text if isinstance(text, bytes) else text.encode(), header))
    assert len({case.number for case in found}) == len(found), "a number is used twice"
    return [case for case in found if promise in (None, case.promise)]


def pack(folder, name, chosen):
    """Writes a pack of cases with a catalogue of its own."""
    entries = "".join(f"  - {{id: {case.id}, kind: control, theme: own, title: Hostile}}\n" for case in chosen)
    harness.write(os.path.join(folder, "pack.yaml"), f"schema: assay.pack/1\nname: {name}\nversion: 1.0.0\ncatalog: catalog.yaml\n")
    harness.write(os.path.join(folder, "catalog.yaml"), "schema: assay.catalog/1\nentries:\n" + entries)
    for case in chosen:
        harness.write(os.path.join(folder, "own", f"h_{case.name}.lua"), case.file())
    return folder


def batches(chosen):
    """Cases that can be run together, the slow ones spread."""
    alone = [[case] for case in chosen if case.verb == "refused whole"]
    slow = [case for case in chosen if case.slow]
    refused = [case for case in chosen if case.verb == "refused"]
    quick = [case for case in chosen if not case.slow and not case.verb.startswith("refused")]
    groups = [(slow, SLOW), (refused, TOLD)]
    for loads in (False, True):
        groups += [([case for case in quick if case.loads is loads and case.limited is limited], BATCH) for limited in (False, True)]
    together = []
    for some, most in groups:
        together += [some[i:i + most] for i in range(0, len(some), most)]
    return alone + together


def evaluate(area, name, packs, env=None, args=(), wall=harness.WALL, loads=False, seconds=SECONDS):
    """Evaluates the bundle of the hostile tests. Gives the run, the result and the faults of both."""
    cwd = area.folder(name)
    out = os.path.join(cwd, "result.json")
    given = ["eval", os.path.join(harness.HERE, "bundle"), "--store", "none", "--limit-time", seconds, "--limit-memory", f"{MEMORY_MB}MB",
             "-o", "terminal", "-o", f"json:{out}", *args]
    for path in packs:
        given += ["--rules", path]
    run = harness.Run(given, cwd, env, wall=wall)
    result, faults = harness.read_json(out)
    faults += run.faults()
    most = (MEMORY_MB + ROOM_MB + (LOAD_MB if loads else 0)) * harness.MB + base_rss(area)
    if run.needs_more_than(most):
        faults.append(f"{TOO_BIG} {run.rss // harness.MB} MB, allowed are {most // harness.MB} MB")
    extra = set(os.listdir(cwd)) - {"result.json"}
    if extra:
        faults.append(f"it wrote {sorted(extra)}")
    return run, result, faults


TOO_BIG = "a process needed"
_base = {}


def base_rss(area):
    """What a run without any hostile rule needs."""
    if "rss" not in _base:
        _base["rss"] = 0
        cwd = area.folder("base")
        run = harness.Run(["eval", os.path.join(harness.HERE, "bundle"), "--store", "none", "--rules", os.path.join(harness.HERE, "honest"),
                           "--control", "Z.*"], cwd)
        _base["rss"] = run.rss
    return _base["rss"]


def texts_of(requirement):
    found = [requirement.get("reason") or ""]
    for check in requirement["checks"]:
        found.append(check.get("reason") or "")
        found += [finding["message"] for finding in check["findings"]]
    return found


def meets(case, word, pattern, requirement, diagnostics, run):
    """Whether a case came out as one of its expectations says."""
    texts = texts_of(requirement) if requirement else [run.told()]
    if case.verb == "refused whole":
        return run.code == 65 and word in run.told() and (not pattern or re.search(pattern, run.told()))
    if requirement is None:
        return False
    if word.startswith("E0"):
        mine = [d for d in diagnostics if d["code"].startswith(word) and (d.get("document") or "").endswith(f"h_{case.name}.lua")]
        return requirement["status"] == "error" and mine and (not pattern or any(re.search(pattern, d["message"]) for d in mine))
    if word.startswith("limit"):
        limits = LIMIT.values() if word == "limit" or harness.SANITIZED else [LIMIT[word[6:]]]
        return requirement["status"] == "error" and any(re.search(limit, texts[0]) for limit in limits)
    if word == "error":
        good = requirement["status"] == "error" and not any(re.search(limit, texts[0]) for limit in LIMIT.values())
    else:
        good = any(check["status"] == word for check in requirement["checks"])
    return good and "the process that ran it ended" not in texts[0] and (not pattern or any(re.search(pattern, text) for text in texts))


def judge(case, run, result, told):
    """Why a case is not contained, or nothing. `told` is what the run said while it loaded the rules."""
    requirement, diagnostics = None, []
    if result:
        requirement = next((r for r in result["requirements"] if r["id"] == case.id), None)
        diagnostics = result["diagnostics"]
    for word, pattern in case.wants:
        if meets(case, word, pattern, requirement, diagnostics + told, run):
            return ""
    if requirement:
        short = {"status": requirement["status"], "texts": [text[:300] for text in texts_of(requirement)[:4]],
                 "checks": [check["status"] for check in requirement["checks"]][:8]}
    else:
        short = f"no result; exit {run.code}: {run.told()[:200]!r}"
    return f"wanted {case.verb} {case.wants}, got {short}"


LINE = re.compile(r"^(\S*?h_[\w.]+\.lua)(?::\d+)*: (error|warning|note)\[(\w+)\]: (.*)$", re.M)


def loading(run):
    """Diagnostics about rule files, which are told on stderr only."""
    return [{"document": document, "code": code, "message": message} for document, _, code, message in LINE.findall(run.told())]


def attempt(area, name, chosen):
    """Evaluates some cases in a pack of their own, with the honest rules beside them."""
    path = pack(area.folder("pack" + name), "hostile" + name, chosen)
    slow = sum(case.slow for case in chosen)
    seconds = SECONDS if any(case.limited for case in chosen) else PATIENT
    return evaluate(area, "run" + name, [path, os.path.join(harness.HERE, "honest")], args=["--control", "H.*", "--control", "Z.*"],
                    wall=harness.WALL + 2 * SECONDS * slow + LOAD_SECONDS * sum(case.left_out for case in chosen), loads=any(case.loads for case in chosen), seconds=seconds)


def run_cases(tap, area, chosen):
    """Evaluates cases in batches and tells how each came out."""
    harness.no_core()
    base_rss(area)

    def one(item):
        number, some = item
        run, result, faults = attempt(area, str(number), some)
        if len(some) > 1 and any(fault.startswith(TOO_BIG) for fault in faults):
            for case in some:
                alone = attempt(area, f"{number}_{case.number}", [case])[2]
                faults += [f"{case.name}: {fault}" for fault in alone if fault.startswith(TOO_BIG)]
        return some, run, result, faults

    for some, run, result, faults in harness.side_by_side(one, list(enumerate(batches(chosen)))):
        told = loading(run)
        for case in some:
            why = judge(case, run, result, told)
            tap.ok(not why, f"{case.name}: {case.verb}", why)
        tap.ok(not faults, f"the run of {some[0].name} and {len(some) - 1} more is sound", "\n".join(faults))


def main(promise):
    """Runs all cases of one promise."""
    tap = harness.Tap()
    with harness.Area() as area:
        run_cases(tap, area, cases(promise))
    tap.end()
