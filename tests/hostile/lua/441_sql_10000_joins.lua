-- P1 contained: error
return #sql("SELECT 1 AS n FROM people" .. (", people"):rep(7000)) > 0
