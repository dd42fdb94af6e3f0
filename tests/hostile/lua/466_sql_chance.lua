-- P3 contained: error matches "random` is not there"
return sql("SELECT random() AS n")[1].n ~= 0
