-- P2 contained: limit=time
return #sql("SELECT id FROM people WHERE id = (SELECT max(x) FROM (WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c) SELECT x FROM c))") > 0
