-- P4 contained: error matches "cannot be assigned"
_ENV["can" .. "ary"] = "dead"
