-- P1 contained: error matches "malformed JSON"
return #sql("SELECT count(*) AS n FROM json_each(printf('%.1000000c', '['))") > 0
