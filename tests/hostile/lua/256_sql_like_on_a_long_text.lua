-- P2 contained: fail or limit or error
return sql("WITH t(x) AS (SELECT ?) SELECT count(*) AS n FROM t WHERE x LIKE ?", ("a"):rep(200000), ("%%a"):rep(300) .. "b")[1].n == 1
