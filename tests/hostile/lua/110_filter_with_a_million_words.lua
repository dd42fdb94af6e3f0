-- P2 contained: limit or error or limit
local words = {}
for i = 1, 300000 do words[i] = "w" .. i end
while true do isms.people:where { name = words } end
