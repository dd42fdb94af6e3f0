#!/usr/bin/env -S python3 -B
"""P2: a rule is stopped within twice its limit, whatever it calls."""
import rules

rules.main("P2")
