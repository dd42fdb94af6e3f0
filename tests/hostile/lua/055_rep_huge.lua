-- P2 contained: error matches "longer than 16 MB"
return ("x"):rep(1 << 40) ~= nil
