-- P2 contained: limit=time
local s, p = ("a"):rep(4000000), ("a"):rep(2000000) .. "b"
while not s:find(p, 1, true) do end
