-- P2 contained: error or limit
return isms[("x"):rep(10000000)] ~= nil
