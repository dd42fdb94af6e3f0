-- P1 contained: error
return #sql("SELECT " .. ("("):rep(20000) .. "1" .. (")"):rep(20000) .. " AS n") > 0
