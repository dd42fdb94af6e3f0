-- P3 contained: error matches "no param `__metatable`"
return params["__metatable"] ~= nil
