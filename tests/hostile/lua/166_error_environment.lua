-- P1 contained: error
error(_ENV)
