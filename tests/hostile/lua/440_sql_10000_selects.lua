-- P1 contained: error matches "too many terms"
return #sql("SELECT 1 AS n" .. (" UNION SELECT 2"):rep(4000)) > 0
