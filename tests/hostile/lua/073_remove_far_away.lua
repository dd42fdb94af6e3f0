-- P2 contained: error matches "out of bounds"
table.remove({ 1, 2 }, math.mininteger)
