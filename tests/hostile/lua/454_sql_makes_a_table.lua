-- P3 contained: error matches "SQL only reads here"
return #sql("CREATE TEMP TABLE kept AS SELECT * FROM people") > 0
