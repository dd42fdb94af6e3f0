-- P3 contained: error matches "ATTACH is not there"
return #sql("ATTACH '/tmp/assay-was-here.db' AS x") > 0
