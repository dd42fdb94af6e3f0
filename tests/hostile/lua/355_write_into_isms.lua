-- P4 contained: error
isms.people = {}
