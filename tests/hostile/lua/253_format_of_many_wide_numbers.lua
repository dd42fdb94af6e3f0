-- P2 contained: error or pass or limit
local parts = {}
for i = 1, 200 do parts[i] = "%99.99f" end
local all = {}
for i = 1, 200 do all[i] = 1e308 end
for _ = 1, 1000 do
  if #string.format(table.concat(parts), table.unpack(all)) < 200 then return false end
end
return true
