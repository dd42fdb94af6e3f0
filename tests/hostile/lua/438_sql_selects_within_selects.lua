-- P1 contained: error
return #sql(("SELECT * FROM ("):rep(3000) .. "SELECT 1 AS n" .. (")"):rep(3000)) > 0
