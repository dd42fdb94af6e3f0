-- P2 same: pass
return tonumber(("9"):rep(1000000)) == nil or true
