#!/usr/bin/env python3
"""P2: a rule is stopped within twice its limit, whatever it calls."""
import rules

rules.main("P2")
