-- P2 contained: error matches "has no|too large" or limit
return string[("x"):rep(10000000)] ~= nil
