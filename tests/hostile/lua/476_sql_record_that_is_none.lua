-- P4 same: pass
local row = sql("SELECT _record + 1000000 AS a, -_record AS b FROM people")[1]
return type(row.a) == "number" and type(row.b) == "number"
