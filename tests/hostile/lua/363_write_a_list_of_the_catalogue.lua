-- P4 contained: error matches "read-only"
table.insert(isms.catalog.controls, 1)
