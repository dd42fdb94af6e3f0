-- P3 contained: error matches "does not name `risks` in its needs"
return #sql("SELECT id FROM risks") > 0
