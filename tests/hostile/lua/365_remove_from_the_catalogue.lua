-- P4 contained: error
table.remove(isms.catalog.controls)
