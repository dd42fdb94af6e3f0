-- P2 contained: limit=time or limit=hang or error matches "longer than 4 MB"
return #sql("SELECT printf('%.2000000000c', 'x') AS t") > 0
