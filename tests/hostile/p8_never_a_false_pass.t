#!/usr/bin/env python3
"""P8, rules: odd verdicts, and what the compiler of Lua makes of sound code. P8 of evidence is in p6."""
import rules

rules.main("P8")
