-- P1 contained: error
assert(false, { 1, 2, 3 })
