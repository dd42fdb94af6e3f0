#!/usr/bin/env python3
"""P12: limits hold at the limit, and break one beyond it."""
import rules

rules.main("P12")
