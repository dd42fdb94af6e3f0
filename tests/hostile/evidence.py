"""Hostile evidence: the cases of evidence/ and of make_evidence.py, each evaluated as a bundle, and held to what it states.

A case of evidence/ is one document NNN_name.yaml, .json, .ndjson or .csv of the kind `things` (probe/kinds); NNN_name.bundle.yaml is
a manifest beside a sound document. Its expectation stands in its first line behind `# ` (YAML), else in NNN_name.expect:

    P8 lost E0108              the document is refused with this diagnostic: its kind counts as not supplied, exit 2, no pass
    P6 kept 3                  it is read, with three records
    P6 kept 2 left 1 E0301     … one record is left out, with this diagnostic
    P8 refused E0204           the bundle is refused (exit 65)
    P6 missing E0219           there is no bundle (exit 66)
    … shows "text"             a finding matches;  … tells "text"  what is printed matches;  … options --limit-depth=5

Whatever it states: the run ends within five seconds and 512 MB, and no control byte gets out.
"""
import os
import re
import shlex

import harness
import make_evidence

HEADER = re.compile(r"(P\d+) (lost|kept|refused|missing|ends)(.*)")
MANIFEST = "schema: assay.bundle/1\norganization: {id: t, name: T}\nas_of: 2026-06-30\ndefaults: {collected_at: 2026-06-29, source: test}\n"
ANONYMOUS = MANIFEST.replace("id: t, ", "") # the run is then named for the folder
SOUND = "- {id: a, name: Ann}\n- {id: b, name: Bob, owner: a}\n"
SECONDS = 25.0 if harness.SANITIZED else 5.0
MEMORY = 512 * harness.MB


class Case:
    def __init__(self, name, header, files, special=None):
        self.name, self.files, self.special = name, files, special
        found = HEADER.match(header.strip())
        if not found:
            raise SystemExit(f"{name}: no expectation in {header!r}")
        self.promise, self.outcome, rest = found.groups()
        words = shlex.split(rest)
        self.records = self.left = None
        self.codes, self.absent, self.shows, self.tells, self.options = [], [], [], [], []
        at = 0
        if self.outcome == "kept" and words and words[0].isdigit():
            self.records, at = int(words[0]), 1
        while at < len(words):
            word = words[at]
            if word == "left":
                self.left, at = int(words[at + 1]), at + 1
            elif word in ("shows", "tells", "options"):
                getattr(self, word).append(words[at + 1])
                at += 1
            elif word.startswith("not:"):
                self.absent.append(word[4:])
            elif re.match(r"[EWN]\d", word):
                self.codes.append(word)
            else:
                raise SystemExit(f"{name}: `{word}` is no expectation")
            at += 1


def cases():
    folder = os.path.join(harness.HERE, "evidence")
    found = []
    for name in sorted(os.listdir(folder)):
        if name.endswith(".expect"):
            continue
        with open(os.path.join(folder, name), "rb") as f:
            data = f.read()
        stem = name.split(".")[0]
        if name.endswith(".yaml"):
            header = data.split(b"\n", 1)[0].decode().lstrip("# ")
        else:
            with open(os.path.join(folder, stem + ".expect"), encoding="utf-8") as f:
                header = f.read()
        if name.endswith(".bundle.yaml"):
            files = {"bundle.yaml": data, "things.yaml": SOUND}
        else:
            files = {"bundle.yaml": MANIFEST, "things" + name[len(stem):]: data}
        found.append(Case(stem, header, files))
    for name, header, files, special in make_evidence.cases():
        if not isinstance(files, dict):
            files = {"bundle.yaml": MANIFEST, files[0]: files[1]}
        elif "bundle.yaml" not in files and special is None:
            files = {"bundle.yaml": MANIFEST, **files}
        found.append(Case(name, header, files, special))
    numbers = [case.name.split("_")[0] for case in found]
    assert len(set(numbers)) == len(numbers), "a number is used twice"
    return found


def lay(area, case):
    """Writes the bundle of a case; gives its path."""
    path = area.folder("bundles", case.name)
    for name, data in case.files.items():
        if not isinstance(name, bytes):
            name = os.fsencode(name)
        target = os.path.join(os.fsencode(path), name)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "wb") as f:
            f.write(data if isinstance(data, bytes) else data.encode("utf-8"))
    return case.special(path) if case.special else path


def evaluate(area, case, env):
    bundle = lay(area, case)
    cwd = area.folder("runs", case.name)
    out = os.path.join(cwd, "result.json")
    before = harness.snapshot(area.join("bundles", case.name))
    run = harness.Run(["eval", "--store", "none", "--fail-on", "never", "-o", "terminal", "-o", f"json:{out}", *case.options, bundle], cwd, env)
    result, faults = harness.read_json(out)
    faults += run.faults()
    if run.seconds > SECONDS:
        faults.append(f"it took {run.seconds:.1f} s")
    if run.needs_more_than(MEMORY):
        faults.append(f"it needed {run.rss // harness.MB} MB")
    if harness.snapshot(area.join("bundles", case.name)) != before or set(os.listdir(cwd)) - {"result.json"}:
        faults.append("it wrote something")
    return run, result, faults + judge(case, run, result)


def judge(case, run, result):
    """What is not as the case states."""
    wrong = []
    told = run.told()
    diagnostics = result["diagnostics"] if result else []
    seen = {d["code"] for d in diagnostics} | set(re.findall(r"(?:error|warning|note)\[(\w+)\]", told))
    wrong += [f"no diagnostic {code}, but {sorted(seen)}" for code in case.codes if not any(c.startswith(code) for c in seen)]
    wrong += [f"there is a diagnostic {code}" for code in case.absent if code in seen]
    wrong += [f"not told: {text}" for text in case.tells if not re.search(text, told)]
    if result and any(d.get("kind") == "things" and not d["readable"] for d in result["documents"]) and len(result["documents"]) < 3:
        if next(r for r in result["requirements"] if r["id"] == "T.1")["status"] == "effective":
            wrong.append("a rule passes on evidence that could not be read")
    if case.outcome in ("refused", "missing"):
        want = 65 if case.outcome == "refused" else 66
        if run.code != want or result is not None:
            wrong.append(f"wanted {case.outcome} ({want}), got {run.code}: {told[:300]}")
        return wrong
    if case.outcome == "ends":
        return wrong
    if result is None:
        return wrong + [f"no result, exit {run.code}: {told[:300]}"]
    rules = {r["id"]: r for r in result["requirements"]}
    there = rules["T.1"]["checks"][0] if rules["T.1"]["checks"] else {"status": rules["T.1"]["status"], "population": 0}
    shown = "\n".join(finding["message"] for check in rules["T.2"]["checks"] for finding in check["findings"])
    wrong += [f"not shown: {text}, but {shown[:300]}" for text in case.shows if not re.search(text, shown)]
    if case.outcome == "lost":
        if there["status"] == "pass" or rules["T.1"]["status"] == "effective":
            wrong.append(f"a rule passes on evidence that could not be read: {there}")
        if run.code != 2 or not result["run"]["incomplete"] or all(d["readable"] for d in result["documents"]):
            wrong.append(f"exit {run.code}, incomplete {result['run']['incomplete']}, documents {result['documents']}")
        if not case.codes:
            wrong.append("the case names no diagnostic")
    else:
        left = sum(d["left_out"] for d in result["documents"])
        if case.records is not None and (there.get("population") or 0) != case.records:
            wrong.append(f"{there.get('population')} records, wanted {case.records}; {sorted(seen)} {told[:200]}")
        if left != (case.left or 0):
            wrong.append(f"{left} left out, wanted {case.left or 0}")
        if not all(d["readable"] for d in result["documents"]):
            wrong.append("a document is not readable")
    return wrong


def run_cases(tap, area, promise):
    """Evaluates the cases of one promise and tells how each came out."""
    harness.no_core()
    env = harness.home(area, "home", os.path.join(harness.HERE, "probe"))
    chosen = [case for case in cases() if case.promise == promise]
    for case, (_, _, faults) in zip(chosen, harness.side_by_side(lambda case: evaluate(area, case, env), chosen)):
        tap.ok(not faults, f"{case.name}: {case.outcome}", "\n".join(faults))
    return env


def sweeps(tap, area, env):
    """Documents cut off at every byte, and with bytes changed: many bundles in one run."""
    for name, bundles, most in make_evidence.sweeps():
        paths = []
        for number, files in enumerate(bundles):
            case = Case(f"{name}_{number:04d}", "P6 ends", {"bundle.yaml": ANONYMOUS, **files})
            paths.append(lay(area, case))
        cwd = area.folder("sweep_" + name)
        out = area.folder("sweep_" + name, "out")
        run = harness.Run(["eval", "--store", "none", "--fail-on", "never", "--jobs", "2", "-o", f"json:{out}/{{bundle}}.json", *paths], cwd, env,
                          wall=20 if not harness.SANITIZED else 100)
        faults = run.faults()
        results = 0
        for path in paths:
            result, bad = harness.read_json(os.path.join(out, os.path.basename(path) + ".json"))
            faults += bad
            results += result is not None
            if result is None:
                faults.append(f"{os.path.basename(path)} has no result")
                continue
            rule = next(r for r in result["requirements"] if r["id"] == "T.1")
            population = rule["checks"][0]["population"] if rule["checks"] else 0
            lost = not all(d["readable"] for d in result["documents"])
            if population > most:
                faults.append(f"{os.path.basename(path)}: {population} records")
            if lost and rule["status"] == "effective":
                faults.append(f"{os.path.basename(path)}: a rule passes on evidence that could not be read")
            if not lost and not population and not result["diagnostics"] and result["documents"][0]["bytes"] and rule["status"] == "effective":
                faults.append(f"{os.path.basename(path)}: a rule passes on nothing")
        tap.ok(not faults, f"{name}: {results} of {len(paths)} bundles have a result", "\n".join(faults[:10]))
