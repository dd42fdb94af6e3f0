-- P4 contained: error matches "read-only"
table.sort(isms.catalog.controls, function() return true end)
