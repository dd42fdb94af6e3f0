-- P3 contained: error matches "only one query"
return #sql("SELECT 1 AS n; DROP TABLE people") > 0
