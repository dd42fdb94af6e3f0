-- P3 contained: error matches "require"
return require() ~= nil
