-- P1 contained: error matches "the query is empty"
return #sql(" -- nothing") > 0
