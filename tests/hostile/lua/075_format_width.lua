-- P1 contained: error matches "invalid (conversion|format)"
return ("%99999999d"):format(1) ~= nil
