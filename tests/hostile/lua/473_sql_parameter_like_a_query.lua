-- P4 same: pass
return #sql("SELECT id FROM people WHERE id = ?", "x' OR 1 = 1; DROP TABLE people; --") == 0 and #sql("SELECT id FROM people") == #isms.people
