-- P3 contained: error matches "SQL only reads here"
return #sql("VACUUM INTO '/tmp/assay-was-here.db'") > 0
