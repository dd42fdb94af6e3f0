-- P4 contained: error
table.move({ 1, 2, 3 }, 1, 3, 1, _ENV)
