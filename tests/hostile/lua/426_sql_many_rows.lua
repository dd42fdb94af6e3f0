-- P2 contained: error matches "more than 100,000 rows" or limit=memory or limit=time
return #sql("WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT 200000) SELECT x FROM c") > 0
