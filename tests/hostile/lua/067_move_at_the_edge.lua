-- P2 contained: error matches "wrap around|at most"
table.move({ 1, 2, 3 }, 1, 3, math.maxinteger)
