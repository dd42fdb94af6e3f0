-- P2 contained: limit or error matches "too many"
local t = { 1, 2 }
while true do t = table.pack(table.unpack(t, 1, #t)) t[#t + 1] = 1 for i = 1, #t do t[#t + 1] = i end end
