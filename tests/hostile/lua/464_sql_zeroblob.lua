-- P3 contained: error matches "zeroblob` is not there"
return #sql("SELECT zeroblob(2000000000) AS b") > 0
