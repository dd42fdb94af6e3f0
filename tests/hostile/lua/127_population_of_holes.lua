-- P1 over contained: error or limit
local list = { 1, 2, 3, nil, 5, [1000000] = 6 }
list[1 << 30] = 7
return { list, nil, nil, list }
