-- P1 contained: error matches "the condition gives `overdue`, which is no finite number"
return false, { overdue = 0 / 0, why = "late" }
