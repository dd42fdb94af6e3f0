-- P1 contained: error matches "the condition gives `named`, which is a number; it must be a table"
return false, { named = 5, why = "x" }
