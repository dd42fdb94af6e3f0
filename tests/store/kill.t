#!/usr/bin/env -S python3 -B
"""kill -9 while runs are stored, at 200 moments (ASSAY_KILLS): no store is damaged, every run in it is whole, and none is lost
that was acknowledged. A run is acknowledged when its report was written, which happens after it was stored.
"""
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import threading
import time

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "hostile"))
import harness  # noqa: E402

KILLS = int(os.environ.get("ASSAY_KILLS", "200"))
LANES, BUNDLES, ROUNDS = 2, 5, 20  # side by side; a store is used for so many rounds
FIXTURES = os.path.join(harness.ROOT, "tests", "cli", "fixtures")


def bundles(area):
    paths = []
    for i in range(BUNDLES):
        path = area.join(f"bundle-{i}")
        harness.write(os.path.join(path, "bundle.yaml"), f"organization: {{id: b{i}, name: B}}\nas_of: 2026-06-30\n")
        harness.write(os.path.join(path, "people.csv"), "id,name,kind,start_date\n" + "".join(
            f"p{k},Person {k},employee,2020-01-01\n" for k in range(40)) + "bob,Bob,employee,2021-01-01\n")
        paths.append(path)
    return paths


class Eval:
    """One evaluation of all bundles into a store; its reports are read while it runs."""

    def __init__(self, area, paths, store):
        environ = dict({k: v for k, v in os.environ.items() if not k.startswith("ASSAY_") or k == "ASSAY_HOME"}, NO_COLOR="1", HOME=area.path)
        self.child = subprocess.Popen([harness.ASSAY, "eval", *paths, "--rules", os.path.join(FIXTURES, "packs", "hostile"), "-c", "HOST.5", "--store", store,
                                       "-o", "json", "--fail-on", "never", "--jobs", "2"],
                                      cwd=area.path, env=environ, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, start_new_session=True)
        self.out, self.err = b"", b""
        self.readers = [threading.Thread(target=self._read, args=(name,)) for name in ("stdout", "stderr")]
        for reader in self.readers:
            reader.start()

    def _read(self, name):
        stream, kept = getattr(self.child, name), {"stdout": "out", "stderr": "err"}[name]
        while True:
            data = stream.read1(65536)
            if not data:
                return
            setattr(self, kept, getattr(self, kept) + data)

    def end(self, kill):
        if kill:
            self.child.send_signal(signal.SIGKILL)
        self.child.wait()
        for reader in self.readers:
            reader.join()
        self.child.stdout.close()
        self.child.stderr.close()

    def acknowledged(self):
        """Digests of the reports that came out whole."""
        text, at, found = self.out.decode("utf-8", "replace"), 0, []
        while True:
            try:
                document, end = json.JSONDecoder().raw_decode(text, at)
            except ValueError:
                return found
            found.append((document["run"]["bundle"], document["run"]["digest"]))
            at = end
            while at < len(text) and text[at].isspace():
                at += 1


def check(store, expected):
    """What is wrong with a store that must hold the acknowledged runs, in this order, and nothing but whole runs."""
    if not os.path.exists(store):
        return [f"{len(expected)} acknowledged runs are gone with the store"] if expected else [], 0
    db = sqlite3.connect(store)
    faults = []
    try:
        if db.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            faults.append("integrity_check finds damage")
        if db.execute("PRAGMA foreign_key_check").fetchall():
            faults.append("foreign_key_check finds rows that belong to nothing")
        if not db.execute("SELECT 1 FROM sqlite_schema WHERE name = 'runs'").fetchall():
            return faults + (["the tables are not there"] if expected else []), 0
        runs = db.execute("SELECT id, bundle, digest, result FROM runs ORDER BY id").fetchall()
        for run, bundle, digest, text in runs:
            result = json.loads(text)
            counts = [len(result["requirements"]), sum(len(r["checks"]) for r in result["requirements"]),
                      sum(len(c["findings"]) for r in result["requirements"] for c in r["checks"])]
            rows = [db.execute(f"SELECT count(*) FROM {table} WHERE run = ?", (run,)).fetchone()[0] for table in ("requirements", "checks", "findings")]
            if counts != rows or result["run"]["digest"] != digest or result["run"]["bundle"] != bundle:
                faults.append(f"run {run} is not whole: {counts} became {rows}")
        stored = [(bundle, digest) for _, bundle, digest, _ in runs]
        rest = iter(stored)
        if not all(run in rest for run in expected):  # a subsequence: what was stored but not acknowledged stands between
            faults.append(f"acknowledged runs are missing: {len(expected)} acknowledged, {len(stored)} stored")
        return faults, len(stored)
    except (sqlite3.DatabaseError, ValueError) as error:
        return faults + [f"it cannot be read: {error}"], 0
    finally:
        db.close()


def lane(area, paths, number, seconds):
    """One of the lanes: kills its share of evaluations. Gives the faults and figures."""
    chance = random.Random(20260630 + number)
    faults, figures = [], {"kills": 0, "ended": 0, "acknowledged": 0, "stored": 0, "hot": 0}
    expected, stored, store = [], 0, None
    for turn in range(KILLS // LANES):
        if turn % ROUNDS == 0:
            figures["stored"] += stored
            store, expected = area.join(f"store-{number}-{turn}.db"), []
        run = Eval(area, paths, store)
        time.sleep(chance.uniform(0.2, 1.0) * seconds)
        done = run.child.poll() is not None
        run.end(not done)
        figures["ended" if done else "kills"] += 1
        acknowledged = run.acknowledged()
        figures["acknowledged"] += len(acknowledged)
        expected += acknowledged
        journal = store + "-journal"
        if os.path.exists(journal) and os.path.getsize(journal) > 0:  # to be rolled back by whoever comes next
            figures["hot"] += 1
            seen = harness.Run(["history", "--store", store], area.path)
            empty = not expected and seen.code == 74 and b"E0805" in seen.err  # the first kill came before the tables were there: it says so
            if seen.code != 0 and not empty:
                faults.append(f"kill {turn}: history fails on what the kill left ({seen.code}): {seen.told()}")
        if done and run.child.returncode != 0:
            faults.append(f"run {turn} ends with {run.child.returncode}: {run.err.decode('utf-8', 'replace')}")
        wrong, stored = check(store, expected)
        faults += [f"kill {turn}: {fault}" for fault in wrong]
        if len(faults) > 5:
            break
    figures["stored"] += stored
    return faults, figures


def main():
    tap = harness.Tap()
    with harness.Area() as area:
        paths = bundles(area)
        begin = time.monotonic()
        whole = Eval(area, paths, area.join("whole.db"))
        whole.end(False)
        seconds = time.monotonic() - begin
        tap.ok(whole.child.returncode == 0 and len(whole.acknowledged()) == BUNDLES, "an evaluation that nobody kills stores and reports every bundle", whole.err.decode())
        results = list(harness.side_by_side(lambda number: lane(area, paths, number, seconds), range(LANES)))
        faults = [fault for found, _ in results for fault in found]
        sums = {name: sum(figures[name] for _, figures in results) for name in results[0][1]}
        tap.ok(not faults, "{kills} kills (and {ended} runs that were faster), {acknowledged} runs acknowledged, {stored} stored, {hot} journals rolled back"
               .format(**sums), "\n".join(faults))
    tap.end()


main()
