-- P2 contained: limit=time
for _ = 1e300, 1.1e300, 1e-300 do end
