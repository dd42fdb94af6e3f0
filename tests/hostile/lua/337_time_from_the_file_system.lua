-- P3 contained: error matches "no global"
return file ~= nil
