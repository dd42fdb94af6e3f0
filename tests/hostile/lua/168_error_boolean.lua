-- P1 contained: error
error(false)
