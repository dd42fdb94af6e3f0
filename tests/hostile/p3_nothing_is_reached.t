#!/usr/bin/env -S python3 -B
"""P3: a rule reads no file, environment, clock or network and starts nothing.

The cases try to; then all names that can be reached are held against names.txt; then, where strace is there, the system calls
of a run with hostile rules are held against a list.
"""
import os
import re
import shutil
import subprocess

import evidence
import harness
import rules

FORBIDDEN = re.compile(r"\b(socket|connect|bind|listen|accept4?|sendto|ptrace|mount|chmod|chown|unlink\w*|rename\w*|mkdir\w*|symlink\w*|link\w*|truncate|"
                       r"io_uring_setup|bpf|keyctl|userfaultfd|process_vm_\w+|memfd_create|execveat)\(")
WRITES = re.compile(r"O_(WRONLY|RDWR|CREAT|TRUNC|APPEND)")


def names(tap, area):
    run, result, faults = rules.evaluate(area, "names", [os.path.join(harness.HERE, "honest")], args=["--control", "Z.2"])
    tap.ok(not faults, "the run that lists the names is sound", "\n".join(faults))
    rule = next(r for r in (result or {"requirements": []})["requirements"] if r["id"] == "Z.2")
    found = [finding["message"] for finding in rule["checks"][0]["findings"]]
    with open(os.path.join(harness.HERE, "names.txt"), encoding="utf-8") as f:
        wanted = f.read().split()
    tap.ok(found == wanted, "rules reach the names of names.txt and no others", f"more: {sorted(set(found) - set(wanted))}, missing: {sorted(set(wanted) - set(found))}")


def calls(tap, area):
    name = "no system call beyond reading, computing and telling"
    strace = shutil.which("strace")
    if not strace or harness.SANITIZED or subprocess.run([strace, "-o", "/dev/null", "true"], capture_output=True).returncode != 0:
        tap.ok(True, name + " # SKIP strace is not there")
        return
    chosen = [case for case in rules.cases() if case.promise in ("P3", "P4", "P5", "P11") and case.verb in ("contained", "same")]
    path = rules.pack(area.folder("traced"), "traced", chosen)
    log, cwd = area.join("strace.log"), area.folder("traced_run")
    child = subprocess.run([strace, "-f", "-qq", "-e", "trace=%file,%network,%process,%ipc,bpf,memfd_create,io_uring_setup", "-o", log,
                            harness.ASSAY, "eval", os.path.join(harness.HERE, "bundle"), "--store", "none", "--rules", path, "--control", "H.*",
                            "-o", "json"], cwd=cwd, env={**os.environ, "NO_COLOR": "1"}, capture_output=True, timeout=60)
    with open(log, encoding="utf-8", errors="replace") as f:
        lines = f.readlines()
    bad = [line for line in lines if FORBIDDEN.search(line)]
    bad += [line for line in lines if re.search(r"\bopen(at2?)?\(", line) and WRITES.search(line) and "/dev/null" not in line]
    bad += [line for line in lines if re.search(r"\bopen(at2?)?\(", line) and re.search(r"/etc/(passwd|shadow|hosts|resolv)", line)]
    bad += [line for line in lines if "execve(" in line][1:]
    tap.ok(child.returncode in harness.CODES and not bad, name, "".join(bad[:20]) or child.stderr.decode("utf-8", "replace")[:500])


def main():
    tap = harness.Tap()
    with harness.Area() as area:
        rules.run_cases(tap, area, rules.cases("P3"))
        evidence.run_cases(tap, area, "P3")
        names(tap, area)
        calls(tap, area)
    tap.end()


main()
