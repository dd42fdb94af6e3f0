-- P1 contained: error
return isms.people:where { [1] = "x", [{}] = 2 } ~= nil
