-- P2 contained: limit=memory or limit=time or error
return #sql("WITH RECURSIVE c(x) AS (VALUES (1) UNION ALL SELECT x + 1 FROM c LIMIT 90000000) SELECT json_group_array(x) AS l FROM c") > 0
