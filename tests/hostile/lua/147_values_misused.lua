-- P1 contained: error or fail
return false, { named = 5 }
