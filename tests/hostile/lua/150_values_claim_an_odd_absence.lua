-- P1 contained: error or fail
return false, { absent = 5 }
