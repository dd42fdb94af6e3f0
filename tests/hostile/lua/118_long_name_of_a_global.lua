-- P2 contained: error matches "no global|too large" or limit
return _ENV[("x"):rep(10000000)] ~= nil
