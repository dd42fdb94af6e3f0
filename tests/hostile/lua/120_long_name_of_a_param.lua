-- P2 contained: error matches "no param|too large" or limit
return params[("x"):rep(10000000)] ~= nil
