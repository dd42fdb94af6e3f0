#!/usr/bin/env -S python3 -B
"""P1: no rule can crash, hang or end the engine."""
import rules

rules.main("P1")
