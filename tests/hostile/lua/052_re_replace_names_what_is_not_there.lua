-- P1 contained: error matches "no group"
return re.replace("abc", "(b)", "$9") ~= nil
