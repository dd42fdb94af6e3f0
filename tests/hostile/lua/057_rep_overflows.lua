-- P2 contained: error matches "longer than 16 MB"
return ("xxxxxxxx"):rep(math.maxinteger // 4, "sep") ~= nil
