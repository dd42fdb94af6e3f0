-- P1 contained: error matches "arithmetic|number"
return "10" + 1 == 11
