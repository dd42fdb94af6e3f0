-- P2 contained: limit=memory or limit=time
return #sql("WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT 1000) SELECT x, printf('%.1000000c', 'x') AS t FROM c") > 0
