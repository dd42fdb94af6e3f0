-- P1 contained: error matches "cannot be matched"
return re.test("\xff\xfe\x80", ".")
