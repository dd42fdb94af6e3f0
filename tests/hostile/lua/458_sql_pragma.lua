-- P3 contained: error matches "PRAGMA is not there"
return #sql("PRAGMA temp_store_directory = '/tmp'") > 0
