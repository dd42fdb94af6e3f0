-- P2 contained: error or limit
return isms.people:where { [("x"):rep(10000000)] = 1 } ~= nil
