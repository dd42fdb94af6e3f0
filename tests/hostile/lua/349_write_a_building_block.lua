-- P4 contained: error matches "read-only"
require("checks").engaged = function() return true end
