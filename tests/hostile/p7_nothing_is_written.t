#!/usr/bin/env -S python3 -B
"""P7: nothing is written outside the store and the named outputs: not by hostile rules, not by hostile evidence, not by names in either."""
import os

import harness
import rules

EVIL = 'as_of: 2026-06-30\norganization: {id: "../../evil", name: x}\n'


def main():
    tap = harness.Tap()
    with harness.Area() as area:
        chosen = [case for case in rules.cases() if case.promise in ("P3", "P4", "P7") and case.verb in ("contained", "same")]
        pack = rules.pack(area.folder("pack"), "hostile", chosen)
        bundle = area.folder("bundle")
        harness.write(os.path.join(bundle, "bundle.yaml"), EVIL)
        harness.write(os.path.join(bundle, "people.yaml"), "- {id: a, name: A, kind: employee, start_date: 2020-01-01}\n")
        home, temporary, cwd = area.folder("home"), area.folder("tmp"), area.folder("cwd")
        area.folder("cwd", "out")
        watched = [area.path, os.path.join(harness.ROOT, "stdlib"), os.path.join(harness.ROOT, "rules"), harness.HERE]
        env = {"HOME": home, "TMPDIR": temporary, "XDG_CACHE_HOME": home, "XDG_STATE_HOME": home}

        def attempt(name, args, wanted, code=None):
            before = {folder: harness.snapshot(folder) for folder in watched}
            run = harness.Run(["eval", bundle, "--rules", pack, "--control", "H.*", "--limit-time", rules.SECONDS, *args], cwd, env)
            new = []
            for folder in watched:
                after = harness.snapshot(folder)
                new += [path for path in after if after[path] != before[folder].get(path) and not os.path.isdir(os.path.join(folder, path))]
                new += [path + " is gone" for path in before[folder] if path not in after]
            new = sorted(path for path in new if "__pycache__" not in path)
            faults = run.faults()
            tap.ok(not faults, f"{name}: the run is sound", "\n".join(faults))
            tap.ok(new == sorted(wanted), f"{name}: it writes {wanted or 'nothing'}", f"written: {new}; {run.told()[-300:]}")
            if code is not None:
                tap.ok(run.code == code, f"{name}: exit {code}", run.code)

        attempt("to stdout", ["--store", "none", "-o", "json", "-o", "terminal"], [])
        attempt("to named files", ["--store", "none", "-o", "json:out/r.json", "-o", "terminal:out/r.txt"], ["cwd/out/r.json", "cwd/out/r.txt"])
        attempt("a bundle that names itself ../../evil", ["--store", "none", "-o", "json:out/{bundle}.json"], ["cwd/out/_._.._evil.json"])
        attempt("to a store", ["--store", "runs.db", "-o", "json:out/r2.json"], ["cwd/out/r2.json", "cwd/runs.db", "cwd/runs.db-journal"])
        attempt("to a folder that is not there", ["--store", "none", "-o", "json:nowhere/r.json"], [], 74)
        os.symlink("/nonexistent/x", os.path.join(cwd, "out", "link.json"))
        attempt("to a link that leads nowhere", ["--store", "none", "-o", "json:out/link.json"], ["cwd/out/link.json"])
    tap.end()


main()
