-- P1 contained: error
assert()
