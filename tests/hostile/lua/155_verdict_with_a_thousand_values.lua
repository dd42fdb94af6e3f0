-- P1 same: fail
return false, table.unpack({}, 1, 1000)
