-- P1 contained: error
return #sql("SELECT 1" .. (" + 1"):rep(10000) .. " AS n") > 0
