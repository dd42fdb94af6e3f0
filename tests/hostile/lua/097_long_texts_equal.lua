-- P2 contained: limit=time
local a, b = ("x"):rep(5000000), ("x"):rep(5000001):sub(2)
while a == b do end
