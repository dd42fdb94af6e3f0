#!/usr/bin/env -S python3 -B
"""P12: every limit holds one below it and at it, and breaks one beyond it; the message names the flag that raises it.

The limit of steps is the same on every machine: the same rules in the same order meet it at the same place.
"""
import json

import evidence
import harness
import rules

LOOPS = {"460_ten_thousand": 10000, "461_a_million": 1000000, "462_for_ever": 0}


def steps(tap, area):
    chosen = [rules.Case(name, b"-- P12 contained: limit=steps\nlocal n = 0\n" + (f"for i = 1, {times} do n = n + i end return n > 0" if times else
                                                                                 "while true do n = n + 1 end").encode()) for name, times in LOOPS.items()]
    pack = rules.pack(area.folder("steps"), "steps", chosen)
    texts = []
    for number in range(3):
        run, result, faults = rules.evaluate(area, f"steps{number}", [pack], args=["--control", "H.*", "--limit-steps", "1000000"], seconds=60)
        tap.ok(result and not faults, f"limit of steps, run {number}: sound", "\n".join(faults))
        found = {r["id"]: r for r in (result or {"requirements": []})["requirements"] if r["id"].startswith("H.")}
        texts.append(json.dumps(found, sort_keys=True))
    if found:
        tap.ok(found["H.460"]["status"] == "effective", "ten thousand rounds stay below a million steps", found["H.460"]["reason"])
        for name in ("H.461", "H.462"):
            why = rules.judge(next(case for case in chosen if case.id == name), run, result, [])
            tap.ok(not why, f"{name} meets the limit of steps", why)
    tap.ok(len(set(texts)) == 1, "three runs meet it at the same places", "\n".join(sorted(set(texts)))[:900])


tap = harness.Tap()
with harness.Area() as area:
    rules.run_cases(tap, area, rules.cases("P12"))
    evidence.run_cases(tap, area, "P12")
    steps(tap, area)
tap.end()
