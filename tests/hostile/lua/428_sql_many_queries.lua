-- P2 contained: limit=time or limit=memory
for i = 1, 1e9 do sql("SELECT " .. i .. " AS n") end
