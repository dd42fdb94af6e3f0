-- P3 contained: error matches "require"
return require("../stdlib/context") ~= nil
