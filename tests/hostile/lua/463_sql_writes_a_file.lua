-- P3 contained: error matches "writefile` is not there"
return #sql("SELECT writefile('/tmp/assay-was-here', 'x') AS n") > 0
