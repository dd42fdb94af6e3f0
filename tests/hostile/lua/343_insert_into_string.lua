-- P4 contained: error
table.insert(string, "dead")
