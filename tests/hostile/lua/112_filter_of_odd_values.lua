-- P1 contained: error
return isms.people:where { name = function() end } ~= nil
