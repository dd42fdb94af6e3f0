-- P5 contained: error matches "no order"
for _ in pairs { [{}] = 1, [function() end] = 2 } do end
