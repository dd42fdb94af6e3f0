-- P2 contained: error matches "at most|invalid value"
return table.concat({}, "", 1, math.maxinteger) ~= nil
