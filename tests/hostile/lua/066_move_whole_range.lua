-- P2 contained: error matches "at most|too many"
table.move({}, math.mininteger, math.maxinteger, 1)
