-- P1 contained: error
error(params)
