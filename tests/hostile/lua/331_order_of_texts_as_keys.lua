-- P5 same: pass
local t, seen = {}, {}
for i = 1, 100 do t["k" .. (i * 37) % 101] = i end
for key in pairs(t) do seen[#seen + 1] = key end
local sorted = table.pack(table.unpack(seen))
table.sort(sorted)
return table.concat(seen, ",") == table.concat(sorted, ",")
