-- P2 contained: limit=time
local text = "SELECT count(*) FROM accounts a1"
for i = 2, 20 do text = text .. ", accounts a" .. i end
return #sql(text) > 0
