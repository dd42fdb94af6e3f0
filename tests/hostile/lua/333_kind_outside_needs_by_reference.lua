-- P3 same: pass or error
return person.supplier == nil
