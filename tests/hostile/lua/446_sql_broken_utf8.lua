-- P1 contained: error matches "not valid UTF-8"
return #sql("SELECT '\xff\xfe' AS t") > 0
