-- P3 contained: error
return isms.as_of.__metatable ~= nil
