-- P1 contained: error
error(isms)
