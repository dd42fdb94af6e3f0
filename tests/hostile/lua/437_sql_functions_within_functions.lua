-- P1 contained: error
return #sql("SELECT " .. ("abs("):rep(5000) .. "1" .. (")"):rep(5000) .. " AS n") > 0
