-- P3 contained: error matches "SQL only reads here"
return #sql("DROP TABLE people") > 0
