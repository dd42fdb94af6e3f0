#!/usr/bin/env -S python3 -B
"""P5: the same inputs give the same bytes, in any environment, with any number of processes, from any folder."""
import os
import shutil

import harness
import rules


def big_bundle(area):
    """The bundle of the hostile tests, with so many records that several processes share the rules."""
    path = area.folder("elsewhere", "bundle")
    shutil.copytree(os.path.join(harness.HERE, "bundle"), path, dirs_exist_ok=True)
    rows = "".join(f"acc-{1 + i % 5},sys{i % 7},right{i},{i % 3 == 0},2024-01-{1 + i % 28:02d}T08:00:00Z\n".replace("True", "true").replace("False", "false")
                   for i in range(9000))
    harness.write(os.path.join(path, "access_grants.csv"), "account_id,system,entitlement,privileged,granted_at\n" + rows)
    return path


def main():
    tap = harness.Tap()
    with harness.Area() as area:
        rules.run_cases(tap, area, rules.cases("P5"))
        chosen = [case for case in rules.cases() if case.promise in ("P1", "P3", "P4", "P5", "P8", "P11")
                  and not case.slow and not case.limited and case.verb != "refused whole"]
        here = rules.pack(area.folder("here", "pack"), "hostile", chosen)
        there = shutil.copytree(here, area.join("a", "longer", "way", "to", "the", "pack"))
        bundle = big_bundle(area)
        runs = [("once", here, {}, ["--jobs", "1"]), ("again", here, {}, ["--jobs", "1"]), ("with eight processes", here, {}, ["--jobs", "8"]),
                ("in another zone and language", here, {"TZ": "Asia/Kathmandu", "LC_ALL": "tr_TR.UTF-8", "LANG": "de_DE.UTF-8", "COLUMNS": "40"}, []),
                ("with another home", here, {"HOME": "/nonexistent", "TMPDIR": "/nonexistent", "USER": "x" * 10000}, []),
                ("from another folder", there, {}, [])]

        def one(item):
            number, (name, pack, env, args) = item
            cwd = area.folder(f"run{number}")
            run = harness.Run(["eval", bundle, "--store", "none", "--rules", pack, "--rules", os.path.join(harness.HERE, "honest"),
                               "--limit-time", "10", "-o", "json:result.json", *args], cwd, env, wall=60)
            _, faults = harness.read_json(os.path.join(cwd, "result.json"))
            data = open(os.path.join(cwd, "result.json"), "rb").read() if os.path.exists(os.path.join(cwd, "result.json")) else b""
            return name, data, faults + run.faults()

        first = None
        for name, data, faults in harness.side_by_side(one, list(enumerate(runs))):
            tap.ok(data and not faults, f"the run {name} is sound", "\n".join(faults))
            first = first or data
            tap.ok(data == first, f"{name}: the same {len(data)} bytes", difference(first, data))
    tap.end()


def difference(a, b):
    lines = [(x, y) for x, y in zip(a.splitlines(), b.splitlines()) if x != y and b'"digest"' not in x]
    return "\n".join(f"{x.decode('utf-8', 'replace').strip()[:300]}\n  but {y.decode('utf-8', 'replace').strip()[:300]}" for x, y in lines[:4])


main()
