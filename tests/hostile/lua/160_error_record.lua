-- P1 contained: error
error(person)
