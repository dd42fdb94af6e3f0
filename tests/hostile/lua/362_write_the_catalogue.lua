-- P4 contained: error matches "read-only"
isms.catalog["A.5.18"].title = "dead"
