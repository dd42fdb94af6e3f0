#!/usr/bin/env -S python3 -B
"""P6: no evidence file crashes, hangs or exhausts the engine."""
import evidence
import harness

tap = harness.Tap()
with harness.Area() as area:
    env = evidence.run_cases(tap, area, "P6")
    evidence.sweeps(tap, area, env)
tap.end()
