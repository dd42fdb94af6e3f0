-- P2 contained: limit or error
return sql("WITH RECURSIVE c(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM c WHERE n < 3000) SELECT length(group_concat(a.n || b.n)) AS n FROM c a, c b")[1].n > 0
