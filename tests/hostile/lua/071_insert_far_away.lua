-- P2 contained: error matches "out of bounds"
table.insert({}, math.maxinteger, 1)
