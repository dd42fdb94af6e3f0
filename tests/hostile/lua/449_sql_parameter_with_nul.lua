-- P1 same: pass
return #sql("SELECT id FROM people WHERE name = ?", "Ann\0Ash") == 0 and sql("SELECT length(?) AS n", ("x"):rep(1000000))[1].n == 1000000
