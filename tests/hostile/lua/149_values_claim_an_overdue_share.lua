-- P1 contained: error or fail
return false, { overdue = math.huge, why = "late" }
