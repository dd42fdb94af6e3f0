-- P3 contained: error matches "load_extension` is not there"
return #sql("SELECT load_extension('/tmp/x.so') AS n") > 0
