-- P2 contained: error or limit
return isms.people:sort_by(("x"):rep(10000000)) ~= nil
