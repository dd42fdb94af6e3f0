-- P1 contained: error matches "divide by zero"
return 1 // 0 == 0
