-- P3 contained: error matches "no global `__index`"
return _ENV.__index ~= nil
