-- P4 contained: error
isms.as_of.year = 1
