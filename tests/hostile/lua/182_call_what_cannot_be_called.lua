-- P1 contained: error matches "attempt to call"
return person()
