-- P1 contained: error matches "malformed pattern"
return ("x"):gsub("%", "") ~= nil
