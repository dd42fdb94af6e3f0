-- P2 same: pass
return ("" ):rep(math.maxinteger) == ""
