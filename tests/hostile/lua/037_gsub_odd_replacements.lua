-- P1 contained: error matches "invalid replacement value"
return (("a"):gsub("a", function() return {} end))
