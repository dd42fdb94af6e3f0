-- P1 over contained: error matches "must give a collection or a list"
return "people"
