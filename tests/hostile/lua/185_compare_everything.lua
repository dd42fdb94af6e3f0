-- P1 contained: error matches "compare"
return person < isms.people
