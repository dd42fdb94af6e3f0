-- P4 contained: error
table.insert(table, 1)
