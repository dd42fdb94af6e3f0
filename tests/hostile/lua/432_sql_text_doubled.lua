-- P1 contained: error matches "longer than 4 MB" or limit
return #sql("WITH RECURSIVE c(x) AS (VALUES ('x') UNION ALL SELECT x || x FROM c) SELECT length(x) AS n FROM c") > 0
