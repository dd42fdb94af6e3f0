-- P1 top refused: E0511
error({ 1, 2, 3 })
