-- P1 contained: error matches "step is zero"
for _ = 1, 2, 0 do end
