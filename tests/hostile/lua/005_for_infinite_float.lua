-- P2 contained: limit=time
for _ = 1, math.huge do end
