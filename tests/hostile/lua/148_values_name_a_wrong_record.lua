-- P1 contained: error or fail
return false, { record = "x", other = 5, absent = {}, says = {}, overdue = 0 / 0 }
