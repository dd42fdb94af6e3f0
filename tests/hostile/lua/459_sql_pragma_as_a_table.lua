-- P3 contained: error matches "SQL only reads here"
return #sql("SELECT * FROM pragma_database_list") > 0
