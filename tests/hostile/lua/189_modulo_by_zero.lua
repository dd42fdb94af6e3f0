-- P1 contained: error matches "perform 'n%"
return 1 % 0 == 0
