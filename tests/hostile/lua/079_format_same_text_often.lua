-- P2 contained: limit
local s = ("x"):rep(1 << 20)
local list = {}
for i = 1, 200 do list[i] = s end
return #(("%s"):rep(200)):format(table.unpack(list)) > 0
