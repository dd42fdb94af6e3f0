-- P2 contained: limit=time
local a = ("x"):rep(5000000)
local b = a .. "y"
while a < b do end
