-- P1 contained: error matches "out of range"
return utf8.char(-1) ~= nil
