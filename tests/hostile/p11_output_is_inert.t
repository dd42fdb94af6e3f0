#!/usr/bin/env python3
"""P11: whatever a rule says, no control byte reaches a terminal, and JSON stays JSON."""
import rules

rules.main("P11")
