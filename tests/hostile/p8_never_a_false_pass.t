#!/usr/bin/env -S python3 -B
"""P8: a verdict never rests on partly read, unlisted or mismatching evidence, nor on a wrongly compiled rule."""
import evidence
import harness
import rules

tap = harness.Tap()
with harness.Area() as area:
    rules.run_cases(tap, area, rules.cases("P8"))
    evidence.run_cases(tap, area, "P8")
tap.end()
