-- P3 contained: error matches "readfile` is not there"
return #sql("SELECT readfile('/etc/passwd') AS t") > 0
