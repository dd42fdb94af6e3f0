-- P2 contained: fail or pass or error or limit
return #sql("SELECT p.id FROM people p WHERE p.id IN (SELECT id FROM people)") > 0
  and isms.people:where(function(p) return #sql("SELECT id FROM people WHERE id = ?", p) == 1 end):count() > 0
