-- P3 contained: error matches "not there for rules"
return #sql("SELECT path FROM _documents") > 0
