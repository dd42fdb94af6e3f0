#!/usr/bin/env python3
"""P1: no rule can crash, hang or end the engine."""
import rules

rules.main("P1")
