-- P3 contained: error matches "require"
return require("checks_words") ~= nil
