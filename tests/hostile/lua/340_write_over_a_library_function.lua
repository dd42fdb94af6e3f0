-- P4 contained: error matches "cannot be changed"
string.rep = function() return "dead" end
