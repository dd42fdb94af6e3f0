-- P1 contained: error or limit
local text = "WITH c0 AS (SELECT 1 AS x)"
for i = 1, 60 do text = text .. (", c%d AS (SELECT a.x FROM c%d a, c%d b)"):format(i, i - 1, i - 1) end
return #sql(text .. " SELECT count(*) AS n FROM c60") > 0
