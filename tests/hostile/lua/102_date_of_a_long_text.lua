-- P2 contained: error
return date(("9"):rep(1000000)) ~= nil
