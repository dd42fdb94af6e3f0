-- P1 contained: error
error(0 / 0)
