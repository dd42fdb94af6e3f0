-- P4 contained: error
sql("SELECT _record AS r FROM people")[1].r.name = "Nobody"
