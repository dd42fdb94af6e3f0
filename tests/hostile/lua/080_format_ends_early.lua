-- P1 contained: error matches "invalid conversion"
return ("%-"):format(1) ~= nil
