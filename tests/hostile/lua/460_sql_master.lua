-- P3 contained: error matches "sqlite_master"
return #sql("SELECT name FROM sqlite_master") > 0
