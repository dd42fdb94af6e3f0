-- P1 contained: error matches "too many columns"
return #sql("SELECT 1 AS c0" .. (", 1"):rep(10000)) > 0
