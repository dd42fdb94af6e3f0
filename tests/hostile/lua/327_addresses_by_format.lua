-- P5 contained: error matches "invalid conversion"
return ("%p"):format({}) ~= nil
