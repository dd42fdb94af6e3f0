-- P1 contained: error matches "longer than 64 KB"
return #sql("SELECT 1 -- " .. ("x"):rep(1000000)) > 0
