-- P1 contained: error
error(string)
