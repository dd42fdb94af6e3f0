-- P4 same: pass
local row = sql("SELECT id, name FROM people WHERE id = ?", person)[1]
row.id, row.name = "nobody", nil
return sql("SELECT id FROM people WHERE id = ?", person)[1].id == person.id and isms.people[person.id].name == person.name
