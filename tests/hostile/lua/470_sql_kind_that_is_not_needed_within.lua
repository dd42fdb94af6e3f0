-- P3 contained: error matches "does not name `soa` in its needs"
return #sql("SELECT id FROM people WHERE EXISTS (SELECT 1 FROM soa)") >= 0
