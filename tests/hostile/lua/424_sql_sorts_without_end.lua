-- P2 contained: limit=memory or limit=time
return #sql("WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT 90000000) SELECT x FROM c ORDER BY -x") > 0
