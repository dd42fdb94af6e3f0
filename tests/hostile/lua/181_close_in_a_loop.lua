-- P1 contained: error matches "non-closable"
for _ in function() return nil end, nil, nil, isms.people do end
