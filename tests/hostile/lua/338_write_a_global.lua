-- P4 contained: error matches "cannot be assigned"
canary = "dead"
