-- P2 contained: error matches "no field|too large" or limit
return person[("x"):rep(10000000)] ~= nil
