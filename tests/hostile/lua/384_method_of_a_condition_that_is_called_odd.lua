-- P1 contained: error or pass or fail
return filled("name")(nil, nil, nil)
