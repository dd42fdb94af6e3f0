-- P2 contained: error matches "no building block|too large" or limit
return require("checks")[("x"):rep(10000000)] ~= nil
