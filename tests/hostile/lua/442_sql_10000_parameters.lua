-- P1 contained: error
return #sql("SELECT 1 AS n WHERE ?9999999 = 1", 1) > 0
