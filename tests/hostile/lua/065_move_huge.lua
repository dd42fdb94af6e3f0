-- P2 contained: error matches "at most"
table.move({}, 1, 1 << 50, 2)
