-- P3 contained: error matches "no global `_G`"
return _ENV._G ~= nil
