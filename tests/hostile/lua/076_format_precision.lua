-- P1 contained: error matches "invalid (conversion|format)"
return ("%.99999999f"):format(1) ~= nil
