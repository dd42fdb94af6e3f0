-- P5 contained: error matches "invalid conversion"
return ("%20p"):format({}) ~= nil
