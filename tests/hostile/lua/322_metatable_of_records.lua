-- P3 contained: error matches "no field `__index`"
return person.__index ~= nil
