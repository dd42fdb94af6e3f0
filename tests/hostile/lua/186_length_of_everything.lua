-- P1 contained: error matches "length"
return #person > 0
