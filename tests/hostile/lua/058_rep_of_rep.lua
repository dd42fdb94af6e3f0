-- P2 contained: error matches "longer than 16 MB"
return ("x"):rep(10000000):rep(10000000) ~= nil
