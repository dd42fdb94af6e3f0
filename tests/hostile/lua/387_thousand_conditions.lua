-- P1 same: pass
local list = {}
for i = 1, 200 do list[i] = filled("name") end
local c = all_of(table.unpack(list))
for _ = 1, 100 do c = all_of(c) end
return c(person, isms, params)
