-- P2 contained: limit=hang or limit=time
return #sql("SELECT trim(printf('%.1900000c', 'a'), printf('%.90000c', 'b') || 'a') AS t") > 0
