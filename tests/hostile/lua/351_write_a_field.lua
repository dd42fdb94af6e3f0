-- P4 contained: error
person.name = "dead"
