-- P1 contained: error matches "own words"
error({ message = "own words" })
