-- P1 contained: error
return false, { [function() end] = 1, [{}] = 2, [person] = 3, why = "x" }
