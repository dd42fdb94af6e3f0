-- P8 contained: error matches "is no date"
return #sql("SELECT id FROM people WHERE end_date < '1.7.2026'") == 0
