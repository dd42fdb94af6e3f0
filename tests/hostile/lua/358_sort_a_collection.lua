-- P4 contained: error
table.sort(isms.people)
