-- P4 contained: error
person.canary = "dead"
