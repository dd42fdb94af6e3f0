-- P2 same: fail matches "^people" or limit
return false, { why = ("long "):rep(2000000) }
