-- P4 contained: error
table.insert(isms, 1)
