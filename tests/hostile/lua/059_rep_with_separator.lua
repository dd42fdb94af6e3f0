-- P2 contained: error matches "longer than 16 MB"
return (""):rep(math.maxinteger, ("y"):rep(1000000)) ~= nil
