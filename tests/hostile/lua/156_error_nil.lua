-- P1 contained: error
error(nil)
