-- P2 same: pass or limit=time or limit=hang
return sql("SELECT printf('%.900000c', 'a') LIKE replace(printf('%.400c', 'x'), 'x', '%a') || 'b' AS t")[1].t == 0
