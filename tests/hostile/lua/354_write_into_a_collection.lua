-- P4 contained: error
isms.people[1] = nil
