-- P2 contained: error
return duration(("9"):rep(1000000) .. " d") ~= nil
