-- P3 contained: error matches "method 'dump'"
return ("x"):dump() ~= nil
