-- P3 contained: error matches "local time unavailable"
return sql("SELECT datetime('now', 'localtime') AS t")[1].t ~= nil
