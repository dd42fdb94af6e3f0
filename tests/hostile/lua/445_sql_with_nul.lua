-- P1 contained: error matches "character 0"
return #sql("SELECT 1 AS n\0; DROP TABLE people") > 0
