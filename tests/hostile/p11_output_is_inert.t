#!/usr/bin/env -S python3 -B
"""P11: whatever a rule or a document says, no control byte reaches a terminal, and JSON stays JSON."""
import evidence
import harness
import rules

tap = harness.Tap()
with harness.Area() as area:
    rules.run_cases(tap, area, rules.cases("P11"))
    evidence.run_cases(tap, area, "P11")
tap.end()
