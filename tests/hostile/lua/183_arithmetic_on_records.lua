-- P1 contained: error matches "arithmetic"
return person + 1
