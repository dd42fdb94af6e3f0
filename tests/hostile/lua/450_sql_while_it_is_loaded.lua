-- P1 top contained: error matches "there are no records here"
local rows = sql("SELECT id FROM people")
