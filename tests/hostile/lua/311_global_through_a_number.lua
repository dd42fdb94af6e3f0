-- P3 contained: error matches "a global has a name"
return _ENV[1] ~= nil
