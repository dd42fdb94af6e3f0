-- P11 same: fail
return false, { why = "=cmd|'/c calc'!A1\n+1\n@x\t-2" }
