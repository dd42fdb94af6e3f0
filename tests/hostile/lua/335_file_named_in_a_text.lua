-- P3 contained: error
return isms["../../etc/passwd"] ~= nil
