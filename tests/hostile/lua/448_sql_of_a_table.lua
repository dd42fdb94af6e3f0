-- P1 contained: error matches "string expected"
return #sql({}) > 0
