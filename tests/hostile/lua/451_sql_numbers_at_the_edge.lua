-- P1 same: pass
local row = sql("SELECT 9223372036854775807 AS a, -9223372036854775808 AS b, 1e308 * 10 AS c, ? AS d", 0 / 0)[1]
return row.a == math.maxinteger and row.b == math.mininteger and row.c == math.huge and row.d == nil
