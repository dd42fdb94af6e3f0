-- P2 holds same: pass
local text, n = re.replace(("ab "):rep(60000), "b", "c")
return n == 60000 and #text == 180000
