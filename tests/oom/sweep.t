#!/usr/bin/env -S python3 -B
"""One request for memory fails, in whatever process or thread of assay: an evaluation with its reports and its store, and a report from
the store, once for every request (ASSAY_OOM=all, `make oom`) or for a choice of them (ASSAY_OOM=N cases, the default 400: every
request of those processes that make few, else one each of so many places of the program that ask).

Whatever fails: the run ends by itself with 70 and a message (74 where the store ran out), or with 2 where it cost only the rule
under way; no report differs from that of a good run but in requirements that are an error; the store is whole; nothing is left.
"""
import json
import os
import shutil
import sqlite3
import struct
import subprocess
import sys
import tarfile
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "hostile"))
import harness  # noqa: E402

PROCESSES, SITES, WHERE = 64, 16384, 14  # as in fail.c
HEAD = 8 * (6 + WHERE + PROCESSES + 1)
SHIM = os.path.join(os.path.dirname(harness.ASSAY), "tests", "oom", "fail.so")
READER = 2    # the thread of the zygote that reads a bundle which is alone
FEW = 100     # a process that makes no more requests has all of them fail
TOLD = 1000   # so often a long sweep tells how far it is, and what it found
EVER = 5      # every so many cases are tried with all later requests failing, too
MADE = {"out.json", "out.txt", "s.db", "s.db.lock", "s.db-journal", "tally"}


class Sweep:
    """One command, of which requests fail."""

    def __init__(self, area, name, args, which, share):
        self.area, self.name, self.args, self.which, self.share = area, name, args, which, share
        self.good = self.once("good")
        self.tap_good = self.good.code == 0 and not self.good.faults()

    def once(self, name, process=0, at=0, ever=0, sites=0):
        cwd = self.area.folder(self.name, str(name))
        tally = os.path.join(cwd, "tally")
        with open(tally, "wb") as f:
            f.write(struct.pack("<4Q", process, at, ever, sites))
            f.truncate(HEAD + 24 * SITES)
        if os.path.exists(self.area.join("s.db")):
            shutil.copy(self.area.join("s.db"), os.path.join(cwd, "s.db"))
        env = {"LD_PRELOAD": SHIM, "OOM_FILE": tally, "ASSAY_HOME": self.area.join("home"),
               "ASAN_OPTIONS": "verify_asan_link_order=0:allocator_may_return_null=1:" + os.environ.get("ASAN_OPTIONS", "")}
        run = harness.Run(self.args, cwd, env, wall=60.0)
        with open(tally, "rb") as f:
            data = f.read()
        run.processes, run.met = struct.unpack_from("<2Q", data, 32)
        run.where = struct.unpack_from(f"<{WHERE}Q", data, 48)
        run.calls = struct.unpack_from(f"<{PROCESSES}Q", data, 48 + 8 * WHERE)[:run.processes]
        run.sites = sorted(site[1:] for site in struct.iter_unpack("<3Q", data[HEAD:]) if site[0]) if sites else []
        run.files = set(os.listdir(cwd))
        run.result = self.read(cwd, "out.json")
        run.text = self.read(cwd, "out.txt")
        run.stored = self.runs(os.path.join(cwd, "s.db")) if "s.db" in run.files else None
        shutil.rmtree(cwd)
        return run

    @staticmethod
    def read(cwd, name):
        path = os.path.join(cwd, name)
        if not os.path.exists(path):
            return None
        with open(path, "rb") as f:
            return f.read()

    @staticmethod
    def runs(store):
        """How many runs it holds, or what is wrong with it."""
        db = sqlite3.connect(store)
        try:
            if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)] or db.execute("PRAGMA foreign_key_check").fetchall():
                return "damaged"
            if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'runs'").fetchall():
                return 0
            half = db.execute("SELECT count(*) FROM runs WHERE id NOT IN (SELECT run FROM requirements)").fetchone()[0]
            return "half a run" if half else db.execute("SELECT count(*) FROM runs").fetchone()[0]
        except sqlite3.DatabaseError as error:
            return str(error)
        finally:
            db.close()

    def faults(self, run):
        """What must not be, whatever failed."""
        if harness.SANITIZED and b"AddressSanitizer: CHECK failed" in run.err:
            return []  # it was the sanitizer's own request, which it does not survive
        found, good = run.faults(), self.good
        if run.code not in {0, 2, 70, 74}:
            found.append(f"exit code {run.code}")
        if run.code and not run.err:
            found.append(f"it ends with {run.code} and says nothing")
        if run.files - MADE:
            found.append(f"left behind: {sorted(run.files - MADE)}")
        if run.stored is not None and run.stored not in (good.stored, (good.stored or 0) - 1):
            found.append(f"the store: {run.stored}")
        if run.code == 0 and (run.result != good.result or run.text != good.text or run.out != good.out or run.stored != good.stored):
            found.append("it ends well, with another result")
        if run.result is not None and run.result != good.result:
            found += self.differs(run)
        return found

    def differs(self, run):
        try:
            result = json.loads(run.result)
        except ValueError as error:
            return [f"the report cannot be read: {error}"]
        good = {r["id"]: r for r in json.loads(self.good.result)["requirements"]}
        found = [f"{r['id']} is {r['status']}, was {good[r['id']]['status']}" for r in result["requirements"]
                 if r != good[r["id"]] and r["status"] != "error"]
        if len(result["requirements"]) != len(good):
            found.append("requirements are missing")
        if run.code == 2 and not result["run"]["incomplete"]:
            found.append("it is not called incomplete")
        return found

    def cases(self):
        """(process, request, ever) of everything to be tried."""
        chosen = os.environ.get("ASSAY_OOM", "400")
        mine = {p: calls for p, calls in enumerate(self.good.calls) if p in self.which}
        if chosen == "all":
            return [(p, n, 0) for p, calls in mine.items() for n in range(1, calls + 3)]
        places = [site for site in self.once("sites", sites=1).sites if mine.get(site[0], 0) > FEW]
        found = [(p, n) for p, calls in mine.items() if calls <= FEW for n in range(1, calls + 3)]
        room = max(1, int(int(chosen) * self.share) - len(found))
        found += places[::-(-len(places) // room) or 1]
        return [(p, n, 0) for p, n in found] + [(p, n, 1) for p, n in found[::EVER]]


def sweep(tap, area, name, args, which, share):
    """One command, of whose processes `which` are tried; `share` of the chosen number of cases is its own."""
    s = Sweep(area, name, args, which, share)
    tap.ok(s.tap_good, f"{name}: nothing fails", s.good.told())
    faults, ends, met, told = [], {}, 0, 0

    def one(case):
        run = s.once("-".join(map(str, case)), *case)
        return case, run, s.faults(run)

    cases = s.cases()
    for n, (case, run, found) in enumerate(harness.side_by_side(one, cases)):
        if n % TOLD == TOLD - 1:
            print(f"{name}: {n + 1} of {len(cases)} cases, {len(faults)} faults", *faults[told:], sep="\n  ", file=sys.stderr)
            told = len(faults)
        met += run.met > 0
        if run.met:
            ends[run.code] = ends.get(run.code, 0) + 1
        if found:
            faults.append(f"process {case[0]}, request {case[1]}{' and later' if case[2] else ''}: {'; '.join(found)}\n  {place(run)}\n  {run.told()[:200]!r}")
    told = ", ".join(f"{n} with {code}" for code, n in sorted(ends.items()))
    tap.ok(not faults and met > 0, f"{name}: {len(cases)} cases of {sum(s.good.calls)} requests in {s.good.processes} processes, {met} met one: they end {told}",
           "\n".join(faults[:40]))


def place(run):
    """Who made the request that failed, as far as it was the program."""
    inside = [hex(at - 1) for at in run.where if 0 < at < os.path.getsize(harness.ASSAY)]
    lines = subprocess.run(["addr2line", "-fs", "-e", harness.ASSAY, *inside], capture_output=True, text=True, check=False).stdout.split("\n")
    return " < ".join(f"{name} ({where})" for name, where in zip(lines[::2], lines[1::2]))


def left(area):
    """Processes that outlive their test, after a while."""
    found, mark = [], area.path.encode()
    for _ in range(50):
        found = []
        for pid in filter(str.isdigit, os.listdir("/proc")):
            try:
                with open(f"/proc/{pid}/environ", "rb") as f:
                    if int(pid) != os.getpid() and b"OOM_FILE=" + mark in f.read():
                        found.append(pid)
            except OSError:
                continue
        if not found:
            break
        time.sleep(0.1)
    return found


MORE = """  - {path: more.json, kind: people, map: {id: No, name: "{First} {Last}"}, set: {kind: employee, start_date: 2020-01-01}}
  - {path: more.ndjson, kind: people}
  - {path: more.xml, kind: people, at: "person[]", map: {id: "@id", name: name, kind: kind, start_date: since}}
  - {path: more.log, kind: people, format: text, pattern: '(?<id>\\w+) (?<name>\\w+) (?<start_date>\\S+) (?<kind>\\w+)', skip: "^#"}
"""


def bundle(area):
    """A small bundle with a document of every format, as a folder and as an archive."""
    folder = shutil.copytree(os.path.join(harness.HERE, "bundle"), area.join("all"))
    with open(os.path.join(folder, "bundle.yaml"), "a", encoding="utf-8") as f:
        f.write(MORE)
    harness.write(os.path.join(folder, "more.json"), '[{"No": 7, "First": "Dora", "Last": "Elm"}]')
    harness.write(os.path.join(folder, "more.ndjson"), '{"id": "eve", "name": "Eve", "kind": "employee", "start_date": "2020-01-01"}\n')
    harness.write(os.path.join(folder, "more.xml"), '<staff><person id="fay"><name>Fay</name><kind>employee</kind><since>2020-01-01</since></person></staff>')
    harness.write(os.path.join(folder, "more.log"), "# who\ngus Gus 2020-01-01 employee\n")
    with tarfile.open(area.join("all.tar.gz"), "w:gz") as tar:
        for name in sorted(os.listdir(folder)):
            tar.add(os.path.join(folder, name), name)
    return folder, area.join("all.tar.gz")


def main():
    tap = harness.Tap()
    with harness.Area() as area:
        harness.home(area, "home", os.path.join(harness.HERE, "honest"))
        folder, archive = bundle(area)
        evaluation = ["-c", "Z.1", "-c", "Z.2", "-c", "Z.4", "--store", "s.db", "--jobs", "1", "--fail-on", "never", "-o"]
        seeded = harness.Run(["eval", folder, *evaluation, "json"], area.path, {"ASSAY_HOME": area.join("home")})
        tap.ok(seeded.code == 0 and json.loads(seeded.out)["run"]["incomplete"] is False, "a store to begin with", seeded.told())
        outputs = [*evaluation, "json:out.json", "-o", "terminal:out.txt"]
        sweep(tap, area, "a folder", ["eval", folder, *outputs], range(PROCESSES), 1 / 2)
        if harness.SANITIZED:
            tap.ok(True, "an archive # SKIP the sanitizer fails in its own start of a thread, and where libarchive ends a process that may do nothing else")
        else:
            sweep(tap, area, "an archive", ["eval", archive, *outputs], [READER], 1 / 4)
        sweep(tap, area, "report", ["report", "last", "--store", "s.db", "-o", "terminal:out.txt"], range(PROCESSES), 1 / 4)
        tap.ok(not left(area), "no process is left", left(area))
    tap.end()


main()
