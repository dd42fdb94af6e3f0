-- P3 contained: error matches "SQL only reads here"
return #sql("DELETE FROM people") > 0
