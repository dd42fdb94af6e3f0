-- P3 contained: error matches "randomblob` is not there"
return #sql("SELECT randomblob(2000000000) AS b") > 0
