-- P3 contained: error matches "not within rules"
return #sql("SELECT id FROM results") > 0
