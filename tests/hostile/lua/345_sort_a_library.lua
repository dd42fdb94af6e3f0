-- P4 contained: error or pass
table.sort(re)
return true
