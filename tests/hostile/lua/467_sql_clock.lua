-- P3 same: pass
local row = sql("SELECT date('now') AS a, current_timestamp AS b, strftime('%s', 'now') AS c")[1]
return row.a == "2026-06-30" and row.b == "2026-06-30 00:00:00" and row.c == "1782777600"
